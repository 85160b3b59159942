# SEC found memory ready: a PEIM that installs some is not needed, and nothing moves.
boot v1
board in-memory
GetHobList
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 40
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesData 1
ReturnToDispatcher
GetHobList
FreePages p0+1 1
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData gap
FreePages p0 1
