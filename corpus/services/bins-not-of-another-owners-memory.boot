# The one resource has no owner: the bins lie in the memory that PEI was given, not above it.
boot v1
board heap-low
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa06000000080000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000001040000000000000100000000000
InstallPeiMemory dram0 whole-0x10000
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 1
