# Counts whose product with the page size wraps, with freed pages about that a wrapped count would fit.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
FreePages p0 1
AllocatePages BootServicesData 0x10000000000000
AllocatePages BootServicesData 0x10000000000001
AllocatePages BootServicesData 0x100000
AllocatePages BootServicesData 0x100001
AllocatePages BootServicesData 0xFFFFFFFFFFFFFFFF
FreePages p1 0x10000000000001
FreePages 0xFFFFFFFFFFFFF000 1
FreePages p1 0
