boot v1
board roomy
p0 = AllocatePages BootServicesData 4
CopyMem p0+8 p0 0x2000
