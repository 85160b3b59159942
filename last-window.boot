boot v1
board odd-top
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData 1
FreePages p1 1
FreePages p0 1
p2 = AllocatePages BootServicesData gap-64
p3 = AllocatePages BootServicesData 32
p4 = AllocatePages BootServicesData 32
p5 = AllocatePages BootServicesData 32
p6 = AllocatePages BootServicesData 32
p7 = AllocatePages BootServicesData 16
p8 = AllocatePages BootServicesData 16
p9 = AllocatePages BootServicesData 16
p10 = AllocatePages BootServicesData 16
p11 = AllocatePages BootServicesData 8
p12 = AllocatePages BootServicesData 8
p13 = AllocatePages BootServicesData 8
p14 = AllocatePages BootServicesData 8
p15 = AllocatePages BootServicesData 4
p16 = AllocatePages BootServicesData 4
p17 = AllocatePages BootServicesData 4
p18 = AllocatePages BootServicesData 4
p19 = AllocatePages BootServicesData 2
p20 = AllocatePages BootServicesData 2
p21 = AllocatePages BootServicesData 2
p22 = AllocatePages BootServicesData 2
p23 = AllocatePages BootServicesData 1
p24 = AllocatePages BootServicesData 1
p25 = AllocatePages BootServicesData 1
p26 = AllocatePages BootServicesData 1
ReturnToDispatcher
p27 = AllocatePages BootServicesData 1
