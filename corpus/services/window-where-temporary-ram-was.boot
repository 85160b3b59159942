# In 32 bits the pages of the window have the addresses of temporary RAM's: only the old ones move.
boot v1
board far-twin
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 40
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData 2
p2 = AllocatePages RuntimeServicesData 1
FreePages p1+1 1
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
FreePages p0 1
FreePages p2 1
GetHobList
