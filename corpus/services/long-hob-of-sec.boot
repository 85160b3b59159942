# One of SEC's HOBs is longer than a page, and what SEC keeps behind the stack ends at an odd address.
boot v1
board sec-hobs-long
GetHobList
p0 = AllocatePages BootServicesData 1
h0 = CreateHob GuidExtension 40
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData 1
ReturnToDispatcher
GetHobList
b0 = AllocatePool 40
FreePages p0 1
