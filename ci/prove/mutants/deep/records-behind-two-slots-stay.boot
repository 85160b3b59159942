boot v1
board roomy
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 1
FreePages p1 whole
FreePages p2 whole
FreePages p0 whole
InstallPeiMemory dram0 whole
ReturnToDispatcher
