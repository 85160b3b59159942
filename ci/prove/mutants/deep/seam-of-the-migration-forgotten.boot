boot v1
board roomy
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
FreePages p0 whole
InstallPeiMemory dram0 whole
AllocatePages BootServicesData 1
ReturnToDispatcher
AllocatePages BootServicesData gap-1
AllocatePool leave:0
AllocatePages BootServicesData 16
