# Pages come from bins in memory that only a PEIM's HOB describes, and the PEIM overwrites that HOB: what DXE then does
# not know of is not the core's doing.
boot v1
board stack-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa03000000600000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000000043000000000000060000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesCode 1
CopyMem h1 h1+12 whole-1
HandOff
