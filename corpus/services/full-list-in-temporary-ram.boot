# 40 bytes of gap: no allocation can be described any more. What needs no HOB goes on: a freed range
# of just that size, an allocation freed whole, a short HOB. A part of either cannot be had.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 4
p1 = AllocatePages BootServicesData 2
p2 = AllocatePages BootServicesData 1
FreePages p1 2
AllocatePool leave:40
AllocatePages BootServicesData 1
p4 = AllocatePages BootServicesData 2
FreePages p0 1
FreePages p0+3 1
FreePages p0+1 1
FreePages p0 4
CreateHob GuidExtension gap+1
AllocatePool gap
CreateHob GuidExtension 24
AllocatePool leave:0
