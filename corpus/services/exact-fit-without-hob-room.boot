# 40 bytes beside the pages are not enough for their HOB (in the field once: 39 pages, 40 bytes).
boot v1
board heap-low
AllocatePool rest:40
p0 = AllocatePages BootServicesData gap
p1 = AllocatePages BootServicesData gap-1
