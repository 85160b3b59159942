# A resource touches a border between pages and holds no page.
boot v1
board heap-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
h0 = CreateHob Cpu 16 hex 3010000000000000
h1 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000001040000000000000100000000000
h2 = CreateHob ResourceDescriptor 48 hex 0000000000000000000000000000000000000000070000000008a041000000000008000000000000
HandOff
ExitBootServices
