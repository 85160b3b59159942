# Nothing in the window may take what the migration needs.
boot v1
board small-memory
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData gap
p2 = AllocatePages BootServicesData 8
p3 = AllocatePages BootServicesData 4
p4 = AllocatePages BootServicesData 2
p5 = AllocatePages BootServicesData 1
p6 = AllocatePages BootServicesData 1
AllocatePool leave:48
AllocatePool leave:0
ReturnToDispatcher
p7 = AllocatePages BootServicesData 1
