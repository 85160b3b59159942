# Between InstallPeiMemory and the dispatcher pages come from permanent memory and HOBs from temporary
# RAM; pages of both are freed, and what is left migrates.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 3
b0 = AllocatePool 100
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesCode 4
b1 = AllocatePool 8
FreePages p1+1 1
FreePages p0 1
FreePages p1 1
h0 = CreateHob GuidExtension 64
ReturnToDispatcher
FreePages p0+1 2
FreePages p1+2 2
PeimWrite b0 whole
SetMem b1 8 0xA5
p2 = AllocatePages BootServicesData 4
