# Splits, re-use and merging of freed pages after the migration.
boot v1
board stack-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 8
p1 = AllocatePages BootServicesData 1
FreePages p0+2 2
FreePages p0+5 1
FreePages p0+4 1
p2 = AllocatePages ACPIReclaim gap-1
p3 = AllocatePages ACPINvs 3
FreePages p0+2 1
p4 = AllocatePages Reserved largest-free
