boot v1
board heap-low
p0 = AllocatePages BootServicesData 3
AllocatePool leave:48
InstallPeiMemory dram0 whole
FreePages p0+1 whole
ReturnToDispatcher
