# As hand-off-of-a-full-list-that-is-complete, with nothing left between the list and the pages.
boot v1
board heap-low
InstallPeiMemory dram0 0x80000
ReturnToDispatcher
h0 = CreateHob Cpu 16 hex 3010000000000000
h1 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000001040000000000000100000000000
p0 = AllocatePages BootServicesData leave:2
AllocatePool leave:0
HandOff
ExitBootServices
