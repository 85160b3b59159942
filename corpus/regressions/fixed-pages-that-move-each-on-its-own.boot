# Pages on either side of freed ones migrate. A core may move each allocation by its own distance; the oracle asked for
# one, and crashed with the rule disabled.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 1
FreePages p1 1
InstallPeiMemory dram0 whole
ReturnToDispatcher
