boot v1
board heap-low
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa060000000c0000001000000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 1
p1 = AllocatePages RuntimeServicesData 1
p2 = AllocatePages RuntimeServicesData 1
p3 = AllocatePages RuntimeServicesData 1
FreePages p1 whole
FreePages p2 whole
FreePages p3 whole
FreePages p0 whole
p4 = AllocatePages RuntimeServicesData 12
