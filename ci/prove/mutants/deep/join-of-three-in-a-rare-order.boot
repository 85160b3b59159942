boot v1
board roomy
p0 = AllocatePages BootServicesData 5
FreePages p0+1 1
FreePages p0+3 1
FreePages p0+2 1
