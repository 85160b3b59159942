boot v1
board stack-low
p0 = AllocatePages BootServicesData 1 -> null
b0 = AllocatePool 40 -> null
b1 = AllocatePool 4 hex 01020304
b2 = AllocatePool 4 hex 01020304 -> null
h0 = CreateHob GuidExtension 24 -> null
h1 = CreateHob MemoryAllocation 48 platform
h2 = CreateHob MemoryAllocation 72 module
h3 = CreateHob MemoryAllocation 48 stack
h4 = CreateHob MemoryAllocation 48 free
h5 = CreateHob Cpu 16 hex 2410000000000000
h6 = CreateHob MemoryAllocation 48 platform hex ff
h7 = CreateHob MemoryAllocation 48 platform -> null
h8 = CreateHob GuidExtension 32 hex 00112233445566778899aabbccddeeff -> null
h9 = CreateHob GuidExtension 32 free hex 00 -> null
GetHobList -> null
GetBootMode -> null
PeimWrite h1+8 24
PeimWrite h1+8 24 hex c0ffee
