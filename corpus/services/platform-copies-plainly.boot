# The platform just copies: between stack and heap SEC's data comes along, and the list lies above it.
boot v1
board ppi-plain
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 100
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesData 1
FreePages p0+1 1
ReturnToDispatcher
GetHobList
p2 = AllocatePages BootServicesData 1
FreePages p0 1
