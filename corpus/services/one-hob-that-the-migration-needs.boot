# The window keeps the last HOB for the new stack; afterwards there is memory for all.
boot v1
board tiny
InstallPeiMemory dram0 whole
b0 = AllocatePool 1
h0 = CreateHob GuidExtension 24
p0 = AllocatePages BootServicesData 1
ReturnToDispatcher
b1 = AllocatePool 1
h1 = CreateHob GuidExtension 24
p1 = AllocatePages BootServicesData 1
