# A PEIM describes persistent memory, and pages of it as allocated. Our DXE shows them with their type, EDK II's in
# no descriptor; either is the consumer's choice. The oracle accepted the second alone.
boot v1
board heap-low
h0 = CreateHob ResourceDescriptor 48 hex 000000000000000000000000000000000000000007008000000000f0000000000000100000000000
h1 = CreateHob MemoryAllocation 48 hex 00000000000000000000000000000000000000f00000000000100000000000000400000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
HandOff
