boot v1
board memory-below
garbage 68
h0 = CreateHob Fv3 64
p0 = AllocatePages ACPIReclaim 4
FreePages page[48] whole
h1 = CreateHob GuidExtension 120 hex c67ef4029f1601b10998295a06d95055ef4b1045b846ed848ef9e0668e34
FreePages page[1] whole-1
CopyMem pool[3]+256 pool[3]+257 4080
PeimWrite page[5]+4088 whole+0x1000
h2 = CreateHob MemoryAllocation 48 stack
h3 = CreateHob GuidExtension 96
PeimWrite page[0]+2048 96
h4 = CreateHob GuidExtension 128 hex 82a0c74398ef417607440efd2b168be732e807
h5 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
GetHobList
FreePages page[62] whole
h6 = CreateHob GuidExtension 40
ReturnToDispatcher
PeimWrite hob[0]+1 whole-48
p1 = AllocatePages LoaderCode 2
GetHobList
p2 = AllocatePages LoaderCode 64
h7 = CreateHob ResourceDescriptor 48
h8 = CreateHob GuidExtension 144 hex 4d89f8b1ea0b75eab23e0d38d224c3d743acee1e4f21713c865c1abb
GetHobList
h9 = CreateHob ResourceDescriptor 48
PeimWrite page[3]+0x1000 90
PeimWrite pool[2] whole+48
h10 = CreateHob GuidExtension 120
FreePages page[1] 2
h11 = CreateHob GuidExtension 64
CopyMem page[4]+256 page[4]+310 whole
GetHobList
FreePages page[3]+3 whole
h12 = CreateHob GuidExtension 17
h13 = CreateHob MemoryAllocation 48 stack
GetHobList
GetHobList
h14 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
FreePages page[3] whole
GetHobList
FreePages page[5] whole
h15 = CreateHob MemoryAllocation 72 module
h16 = CreateHob MemoryAllocation 72 module
p3 = AllocatePages LoaderCode 22
FreePages page[35] 3
PeimWrite pool[1]+4 26
FreePages page[6] whole
FreePages page[3] 1
p4 = AllocatePages LoaderCode 3
PeimWrite hob[1]+4 0xFFF7
h17 = CreateHob MemoryAllocation 48 platform
h18 = CreateHob GuidExtension 48
h19 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
FreePages page[2] whole
FreePages page[1]+1 1
PeimWrite page[0]+4 25
FreePages page[0]+3 1
h20 = CreateHob MemoryAllocation 48 platform
PeimWrite page[0]+8 whole+8
h21 = CreateHob MemoryAllocation 48 stack
h22 = CreateHob GuidExtension 112
