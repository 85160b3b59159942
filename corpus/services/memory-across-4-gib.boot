# Permanent memory begins below 4 GiB and ends above: the list lies below, the pages above.
boot v1
board at-4gib
p0 = AllocatePages BootServicesData 2
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData 1
ReturnToDispatcher
p2 = AllocatePages BootServicesData leave:1
FreePages p2+4 1
p3 = AllocatePages BootServicesData 1
FreePages p0 2
