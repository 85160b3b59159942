# What no core may take, asked for after the migration.
boot v1
board heap-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 3
p1 = AllocatePages LoaderData 2
AllocatePages BootServicesData 1 -> null
AllocatePages BootServicesData 0
AllocatePages Conventional 1
AllocatePages BootServicesData 0x1000000000000
FreePages p0 0
FreePages &p0+0x800 1
FreePages p0 0xFFFFFFFFFFFFF
FreePages p1 5
FreePages p0 4
AllocatePool 8 -> null
AllocatePool 0
CreateHob GuidExtension 24 -> null
CreateHob GuidExtension 0xFFF9
CreateHob GuidExtension 7
CreateHob EndOfHobList 8
CreateHob Handoff 56
CreateHob Unused 48
AllocatePool 5
CreateHob GuidExtension 21
