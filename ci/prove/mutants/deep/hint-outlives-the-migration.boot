boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
FreePages p0 whole
InstallPeiMemory dram0 whole
ReturnToDispatcher
AllocatePages BootServicesData gap-1
AllocatePool leave:0
AllocatePages BootServicesData 1
