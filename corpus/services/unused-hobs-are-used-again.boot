# 48 bytes of type UNUSED are room for an allocation's HOB, whoever made them.
boot v1
board small-heap
h0 = CreateHob Unused 48
h1 = CreateHob Unused 56
h2 = CreateHob Unused 48
AllocatePool leave:0
p0 = AllocatePages BootServicesData 1
AllocatePool rest:0
FreePages page[0] 1
p1 = AllocatePages BootServicesData 1
