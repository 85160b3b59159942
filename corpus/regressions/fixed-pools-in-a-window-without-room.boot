# Pools that are made in the window when permanent memory is as small as it may be, a free slot for the stack's record
# in the list. The edk2-like target gave out 48 bytes with each call, and had no room for its list in the end.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 4
FreePages p0 2
h0 = CreateHob GuidExtension gap
FreePages p0+2 2
InstallPeiMemory dram0 needed-1
b0 = AllocatePool rest:56
b1 = AllocatePool 9
b2 = AllocatePool 25
ReturnToDispatcher
