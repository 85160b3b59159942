# The platform names memory that it does not install at all.
boot v1
board far-memory
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa050000000800000006000000080000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000000000011000000000010000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 3
p1 = AllocatePages RuntimeServicesData 5
p2 = AllocatePages RuntimeServicesData 1
p3 = AllocatePages BootServicesData gap-1
p4 = AllocatePages RuntimeServicesCode 8
FreePages p4 whole
p5 = AllocatePages RuntimeServicesCode 7
p6 = AllocatePages RuntimeServicesCode 1
FreePages p3 whole
HandOff
ExitBootServices
