# SEC's HOBs follow the PHIT. One begins where the first pages are, and is none of theirs.
boot v1
board sec-hobs
GetHobList
p0 = AllocatePages BootServicesData 2
FreePages p0 1
FreePages p0 0x100
p1 = AllocatePages BootServicesData 1
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesData 1
ReturnToDispatcher
GetHobList
FreePages p1 1
p3 = AllocatePages BootServicesData 1
