# SEC's PPI moves temporary RAM, as it lies; the core moves the pages on from there.
boot v1
board ppi-straight
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 100
p1 = AllocatePages RuntimeServicesData 1
FreePages p0+1 1
InstallPeiMemory dram0 whole
p2 = AllocatePages RuntimeServicesData 1
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
FreePages p1 1
b1 = AllocatePool leave:0
