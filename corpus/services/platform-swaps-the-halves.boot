# OVMF's way: the heap comes first in temporary RAM, and last in permanent memory.
boot v1
board ppi-swap
p0 = AllocatePages BootServicesData 2
h0 = CreateHob GuidExtension 32
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesData 1
ReturnToDispatcher
FreePages p0 2
p2 = AllocatePages BootServicesData 1
