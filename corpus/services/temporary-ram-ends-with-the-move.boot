# The cache that was temporary RAM is off when the platform returns: nothing can be read there.
boot v1
board ppi-car-off
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool 512
p1 = AllocatePages BootServicesData 1
FreePages p0 1
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesData 1
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
