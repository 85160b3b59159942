# Counts of 4 GiB and about: the product with the page size wraps in a UINTN of IA32. What a wrapped
# product would fit is there: the one page and the two pages that are free.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages RuntimeServicesData 2
p2 = AllocatePages BootServicesData 1
FreePages p0 1
FreePages p1 2
AllocatePages BootServicesData 0xFFFFF
AllocatePages BootServicesData 0x100000
AllocatePages BootServicesData 0x100001
AllocatePages RuntimeServicesData 0x100002
AllocatePages BootServicesData 0xFFFFFFFF
AllocatePages BootServicesData 0x100000001
FreePages p2 0xFFFFF
FreePages p2 0x100000
FreePages p2 0x100001
FreePages p2 0xFFFFFFFF
FreePages 0xFFFFF000 1
FreePages 0xFFFFF000 0x100001
AllocatePages BootServicesData 1
FreePages p2 1
