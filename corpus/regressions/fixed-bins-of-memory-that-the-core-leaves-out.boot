# A platform's bins lie in the upper half of the memory. A core that manages the lower half has none there; the oracle
# asked it for pages of them.
boot v1
board heap-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa0a0000000400000006000000040000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000001a40000000000090000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData gap
p1 = AllocatePages RuntimeServicesData 1
