# What no core may take, asked for while the window is open: the judge of arguments is the same, but
# the memory behind it is not.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 4
p1 = AllocatePages LoaderData 1
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesData 3
p3 = AllocatePages LoaderData 2
AllocatePages BootServicesData 1 -> null
AllocatePages BootServicesData 0
AllocatePages Conventional 1
AllocatePages BootServicesData 0x1000000000000
FreePages p2 0
FreePages &p2+0x800 1
FreePages p2 0xFFFFFFFFFFFFF
FreePages p3 5
FreePages p2 4
FreePages p1 5
FreePages p2 1
FreePages freed[0] 1
AllocatePool 8 -> null
AllocatePool 0xFFF1
AllocatePool 0
CreateHob GuidExtension 24 -> null
CreateHob GuidExtension 0xFFF9
CreateHob GuidExtension 7
CreateHob EndOfHobList 8
CreateHob Handoff 56
CreateHob Unused 48
AllocatePool 8
GetHobList
GetHobList -> null
GetBootMode
GetBootMode -> null
ReturnToDispatcher
