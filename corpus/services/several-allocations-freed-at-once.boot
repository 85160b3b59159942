# A range that several allocations tile is not one that AllocatePages gave; a core may free it or say
# that it was not found, but never do half of it.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
FreePages p1 2
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 1
FreePages p3 2
ReturnToDispatcher
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages BootServicesData 1
FreePages p5 2
FreePages p5 1
FreePages p4 1
