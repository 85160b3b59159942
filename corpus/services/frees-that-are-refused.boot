# Twice, unaligned, of pages that are not allocated, of the stack, of the HOB list, over two allocations.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 2
p1 = AllocatePages LoaderCode 1
FreePages p0 2
FreePages p0 2
FreePages freed[0] 1
FreePages &p1+0x800 1
FreePages stack 1
FreePages hob-list 1
FreePages memory-top 1
FreePages p1 3
FreePages 0x0 1
