# Offsets of the migration, and its addresses, do not fit 32 bits.
boot v1
board far-memory
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 24
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesData 1
p2 = AllocatePages BootServicesData 1
FreePages p2 1
FreePages p0+1 1
ReturnToDispatcher
p3 = AllocatePages LoaderData 5
FreePages p3+1 2
FreePages p0 1
