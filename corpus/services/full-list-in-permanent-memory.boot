# 40 bytes of gap after the migration: what needs no HOB goes on, a split cannot be had.
boot v1
board small-memory
InstallPeiMemory dram1 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 4
p1 = AllocatePages BootServicesData 2
p2 = AllocatePages BootServicesData 1
FreePages p1 2
AllocatePool leave:40
AllocatePages BootServicesData 1
p4 = AllocatePages BootServicesData 2
FreePages p0 1
FreePages p0+3 1
FreePages p0+1 1
FreePages p0 4
CreateHob GuidExtension gap+1
AllocatePool gap
CreateHob GuidExtension 24
AllocatePool 9
AllocatePool 0
CreateHob GuidExtension gap
AllocatePool 0
