# With less than 48 bytes of gap a split cannot be recorded, and must be refused whole.
boot v1
board small-heap
p0 = AllocatePages RuntimeServicesData 1
AllocatePool leave:47
FreePages p0 whole
p1 = AllocatePages RuntimeServicesData 1
AllocatePool leave:96
FreePages p1 whole
