# The temporary HOB list is full but for a few bytes when pages are asked for in the window.
boot v1
board small-heap
AllocatePool leave:96
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
AllocatePool 1
ReturnToDispatcher
p2 = AllocatePages BootServicesData 1
