boot v1
board roomy
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 1
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages BootServicesData 1
p6 = AllocatePages BootServicesData 2
p7 = AllocatePages BootServicesData 1
FreePages p0 whole
FreePages p2 whole
FreePages p4 whole
FreePages p6 whole
AllocatePages BootServicesData gap-1
AllocatePool leave:0
AllocatePages BootServicesData 2
