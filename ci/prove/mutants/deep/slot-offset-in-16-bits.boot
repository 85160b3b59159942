boot v1
board roomy
AllocatePool 0xFFE8
AllocatePool 0xFFE8
p0 = AllocatePages BootServicesData 1
FreePages p0 whole
AllocatePages BootServicesData 1
