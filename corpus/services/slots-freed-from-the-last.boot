# The HOBs of freed pages are free slots. Here later ones are freed first, before and after a slot was taken:
# the next allocations begin at a slot before one that was free already.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
FreePages p1 whole
FreePages p0 whole
p2 = AllocatePages BootServicesCode 1
FreePages p2 whole
p3 = AllocatePages LoaderData 1
p4 = AllocatePages LoaderCode 1
