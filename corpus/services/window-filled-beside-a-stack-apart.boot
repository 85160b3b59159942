# What the window leaves holds the image of a stack that came from elsewhere.
boot v1
board stack-outside
p0 = AllocatePages BootServicesData leave:1
InstallPeiMemory dram1 whole
p1 = AllocatePages BootServicesData 0x40
p2 = AllocatePages BootServicesData 0x10
p3 = AllocatePages BootServicesData 8
p4 = AllocatePages BootServicesData 4
p5 = AllocatePages BootServicesData 2
p6 = AllocatePages BootServicesData 1
p7 = AllocatePages BootServicesData 1
p8 = AllocatePages BootServicesData 1
ReturnToDispatcher
b0 = AllocatePool leave:0
