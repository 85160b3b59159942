# Memory that ends at 4 GiB or beyond, or only would if its length were cut to 32 bits; and sizes
# that 32 bits cannot hold. The window must then open as if nothing had been said.
boot v1
board heap-low
InstallPeiMemory 0xFFFFF000 0
InstallPeiMemory 0xFFFFF000 0x1000
InstallPeiMemory 0xFFFFFFFFFFFFF000 0x1000
InstallPeiMemory temporary-ram 0x100000000
AllocatePool 0xFFFFFFF0
AllocatePool 0xFFFFFFFF
AllocatePool 0x100000000
AllocatePool 0x100000008
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 0x100001
p1 = AllocatePages BootServicesData 1
FreePages p1 0x100001
ReturnToDispatcher
AllocatePages BootServicesData 0x100001
AllocatePool 0xFFFFFFF8
FreePages p1 1
