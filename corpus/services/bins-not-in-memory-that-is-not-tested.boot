# The resource that is named for bins is not tested: no pages come from there.
boot v1
board heap-low
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa06000000080000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000300000000001f40000000000000010000000000
InstallPeiMemory dram0 whole-0x10000
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 1
