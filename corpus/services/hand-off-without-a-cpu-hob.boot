# What DXE cannot do without, the platform adds: the CPU HOB and the resource that holds PEI's
# memory. Here a PEIM has described the memory itself, and only the CPU HOB is missing.
boot v1
board stack-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
h0 = CreateHob ResourceDescriptor 48 hex 000000000000000000000000000000000000000007000000000000420000000000001000000000000000
p0 = AllocatePages RuntimeServicesCode 1
HandOff
ExitBootServices
