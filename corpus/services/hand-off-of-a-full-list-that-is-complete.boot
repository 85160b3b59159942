# CPU and memory are described already when the list is full: nothing need be added, and DXE starts in
# the memory that PEI was not given.
boot v1
board heap-low
InstallPeiMemory dram0 0x80000
ReturnToDispatcher
h0 = CreateHob Cpu 16 hex 3010000000000000
h1 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000001040000000000000100000000000
p0 = AllocatePages BootServicesData leave:2
AllocatePool leave:16
HandOff
ExitBootServices
