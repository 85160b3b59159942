# The platform keeps the top of its memory back, and names it for bins. It is larger than they are.
boot v1
board heap-low
h0 = CreateHob GuidExtension 56 hex 9f04194c3741d34d9c108b97a83ffdfa0600000005000000050000000300000000000000020000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000001f40000000000000010000000000
InstallPeiMemory dram0 whole-0x10000
p0 = AllocatePages RuntimeServicesCode 1
ReturnToDispatcher
p1 = AllocatePages RuntimeServicesData 5
p2 = AllocatePages RuntimeServicesData 5
p3 = AllocatePages RuntimeServicesCode 1
p4 = AllocatePages RuntimeServicesCode 2
p5 = AllocatePages BootServicesData gap-1
p6 = AllocatePages Reserved 2
FreePages p1+2 whole
p7 = AllocatePages RuntimeServicesData 3
FreePages p5 whole
HandOff
ExitBootServices
