boot v1
board small-heap
garbage 127
b0 = AllocatePool 66
h0 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000000046000000000000040000000000
h1 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000000046000000000000040000000000
h2 = CreateHob MemoryAllocation 48 free
CopyMem page[1]+1 page[1]+27 1
CopyMem pool[1] pool[1]+41 41
h3 = CreateHob GuidExtension 1
h4 = CreateHob GuidExtension 136
h5 = CreateHob Cpu 16 hex 2410000000000000
CopyMem page[6]+1 page[6]+33 18
h6 = CreateHob MemoryAllocation 48 free
CopyMem hob[0]+256 page[10] 11
h7 = CreateHob GuidExtension 56
GetHobList
h8 = CreateHob 0x8000 116
FreePages page[2] whole
h9 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000000046000000000000040000000000
h10 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
FreePages page[36] whole-1
FreePages page[3]+2 2
GetHobList
h11 = CreateHob MemoryAllocation 48 stack
InstallPeiMemory dram0 whole
ReturnToDispatcher
b1 = AllocatePool 89
b2 = AllocatePool 72
h12 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
p0 = AllocatePages LoaderData 3
CopyMem page[0] page[0]+14 whole-0x1000
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesCode 4
h13 = CreateHob GuidExtension 72
b3 = AllocatePool gap+8
h14 = CreateHob ResourceDescriptor 48
h15 = CreateHob Cpu 16 hex 2410000000000000
SetMem page[11] 97 96
h16 = CreateHob Cpu 16 hex 2410000000000000
h17 = CreateHob Cpu 16 hex 2410000000000000
CopyMem page[1] page[1]+11 24
h18 = CreateHob MemoryAllocation 48 platform
h19 = CreateHob MemoryAllocation 48 platform
h20 = CreateHob GuidExtension 72 hex bff1905418f32411
h21 = CreateHob MemoryAllocation 72 module
h22 = CreateHob GuidExtension 96
h23 = CreateHob GuidExtension 934
CopyMem page[2] page[6] whole+1
h24 = CreateHob Cpu 16 hex 2410000000000000
PeimWrite page[2]+8 4064
h25 = CreateHob ResourceDescriptor 48
PeimWrite page[5]+16 whole+48 hex 2a0ba5d416c94ea0327b53404e87a9288cb1338ce7fadf61
h26 = CreateHob MemoryAllocation 48 stack
b4 = AllocatePool rest:49
h27 = CreateHob GuidExtension 6
h28 = CreateHob GuidExtension 128
CopyMem page[0]+1 page[3] 99
h29 = CreateHob GuidExtension 144
PeimWrite page[3]+4088 58
CopyMem page[3]+4088 page[3]+0x1021 86
b5 = AllocatePool 119
ReturnToDispatcher
CopyMem pool[1]+256 pool[1]+263 6
b6 = AllocatePool 2481
CopyMem page[3]+4 page[1] 56
h30 = CreateHob Cpu 16 hex 2410000000000000
HandOff
ExitBootServices
