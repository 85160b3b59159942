boot v1
board odd-top
contract
b0 = AllocatePool 24 hex 0102
h0 = CreateHob MemoryAllocation 72 module
h1 = CreateHob GuidExtension 40 hex 00112233445566778899aabbccddeeff
p0 = AllocatePages 0x70000001 1 -> null
PeimWrite b0+8 8 hex ffee
