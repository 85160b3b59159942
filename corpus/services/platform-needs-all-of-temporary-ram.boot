# The platform's copy has all of temporary RAM in it, the free part too: the window leaves room.
boot v1
board ppi-hole
p0 = AllocatePages BootServicesData leave:1
InstallPeiMemory dram1 needed-0x1000
InstallPeiMemory dram1 needed
p1 = AllocatePages BootServicesData 8
p2 = AllocatePages BootServicesData 4
p3 = AllocatePages BootServicesData 2
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages BootServicesData 1
ReturnToDispatcher
FreePages p0 1
p6 = AllocatePages BootServicesData 1
