# The temporary list has room for the stack's HOB alone, then for less. What needs no HOB goes on.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 4
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesData 2
p2 = AllocatePages BootServicesData 1
FreePages p1 2
CreateHob GuidExtension gap
CreateHob Unused 48
AllocatePool 5
AllocatePool leave:47
AllocatePages BootServicesData 1
p4 = AllocatePages BootServicesData 2
FreePages p0 1
FreePages p0+3 1
FreePages p0+1 1
FreePages p4 2
CreateHob GuidExtension gap+1
CreateHob GuidExtension gap
AllocatePool leave:0
AllocatePool gap
ReturnToDispatcher
