# PEIMs wrote nonsense into their HOBs: a resource that overlaps another, one of no known type, a
# processor without address bits, a claim of half a page. DXE must cope; the core is not at fault.
boot v1
board memory-below
InstallPeiMemory dram0 whole
ReturnToDispatcher
h0 = CreateHob ResourceDescriptor 48
h1 = CreateHob ResourceDescriptor 48 hex 0000000000000000000000000000000000000000070000000000004400000000000010000000000000
h2 = CreateHob ResourceDescriptor 48 hex 0000000000000000000000000000000000000000070000000080004400000000000010000000000000
h3 = CreateHob Cpu 16 hex 0000000000000000
h4 = CreateHob MemoryAllocation 48 hex 00000000000000000000000000000000000000b000000000000800000000000004000000
h5 = CreateHob Fv 16
p0 = AllocatePages RuntimeServicesData 2
p1 = AllocatePages BootServicesData 1
HandOff
ExitBootServices
