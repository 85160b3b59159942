# The smallest story: a page comes from the top of the gap, and goes back into it.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
FreePages p0 whole
