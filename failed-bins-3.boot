boot v1
board memory-below
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa05000000010000001000000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesCode 1
p1 = AllocatePages RuntimeServicesCode 1
