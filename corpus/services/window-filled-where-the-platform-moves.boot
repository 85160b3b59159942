# The same in the window that takes all it can, pages of both kinds given back.
boot v1
board ppi-swap
p0 = AllocatePages BootServicesData 3
p1 = AllocatePages BootServicesData 1
InstallPeiMemory dram1 whole
p2 = AllocatePages BootServicesData 0x40
p3 = AllocatePages BootServicesData 0x10
p4 = AllocatePages BootServicesData 8
p5 = AllocatePages BootServicesData 4
p6 = AllocatePages BootServicesData 2
p7 = AllocatePages BootServicesData 1
p8 = AllocatePages BootServicesData 1
FreePages p0+1 1
FreePages p3+2 3
ReturnToDispatcher
p9 = AllocatePages BootServicesData 3
FreePages p1 1
