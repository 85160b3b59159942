# Freed pages of permanent memory are used before the migration: a part of them for less, the gap for
# more, and nothing for what is a page too long. Runtime memory is padded (HOBNAIL_CORE=64k).
boot v1
board heap-low
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 3
p1 = AllocatePages BootServicesData 1
FreePages p0 3
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 3
p4 = AllocatePages BootServicesData gap+1
p5 = AllocatePages RuntimeServicesData gap
ReturnToDispatcher
p6 = AllocatePages BootServicesData 2
