# Pages that were freed while the window was open lie at the gap after the migration. Padding for a
# granule of 64 KiB (HOBNAIL_CORE=64k) comes to lie below them: a request that needs both succeeds.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 2
InstallPeiMemory dram0 whole
FreePages p1 whole
ReturnToDispatcher
p2 = AllocatePages RuntimeServicesData 1
p3 = AllocatePages BootServicesData gap
p4 = AllocatePages BootServicesData largest-free
p5 = AllocatePages BootServicesData largest-free
