boot v1
board heap-low
garbage 117
FreePages page[1] whole-2
h0 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
FreePages page[3] whole-1
FreePages page[6] whole
FreePages page[0] whole
FreePages page[0]+2 1
b0 = AllocatePool 84
FreePages page[1]+1 whole
FreePages page[7] 2
h1 = CreateHob GuidExtension 112
FreePages page[3] whole
h2 = CreateHob MemoryAllocation 48 platform
FreePages page[1] whole
h3 = CreateHob MemoryAllocation 48 free
FreePages page[3]+3 1
FreePages page[1]+1 whole
FreePages page[4] whole-1
FreePages page[62] whole
FreePages page[58]+3 whole
FreePages page[0] whole
InstallPeiMemory dram0 whole
FreePages page[29] whole
FreePages page[1] whole
h4 = CreateHob GuidExtension 121
FreePages page[0] whole
h5 = CreateHob MemoryAllocation 72 module
b1 = AllocatePool 8
FreePages page[2] whole-1
h6 = CreateHob ResourceDescriptor 48
FreePages page[46] whole
FreePages page[6] whole
FreePages page[0] whole-2
p0 = AllocatePages LoaderCode 4
FreePages page[3] whole
h7 = CreateHob MemoryAllocation 72 module
h8 = CreateHob GuidExtension 120
FreePages page[8] whole
FreePages page[1] whole
h9 = CreateHob GuidExtension 88
FreePages page[7] whole
FreePages page[0] whole
ReturnToDispatcher
FreePages page[5]+2 whole
FreePages page[47] whole
p1 = AllocatePages RuntimeServicesData 2
h10 = CreateHob GuidExtension 96
h11 = CreateHob GuidExtension 112
p2 = AllocatePages LoaderCode 1
FreePages page[3] whole
h12 = CreateHob GuidExtension 120
p3 = AllocatePages BootServicesData 2
FreePages page[0] whole-1
p4 = AllocatePages RuntimeServicesCode 2
FreePages page[2] whole
FreePages page[12] 1
SetMem page[8]+16 whole 21
p5 = AllocatePages LoaderData 1
FreePages page[3]+1 whole
FreePages page[0] 1
p6 = AllocatePages RuntimeServicesCode 4
h13 = CreateHob Cpu 16 hex 2410000000000000
FreePages page[3] 2
