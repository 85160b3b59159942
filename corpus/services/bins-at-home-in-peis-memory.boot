# The home of the bins lies in the memory that PEI was given: how much of it is left for the start of DXE is not
# agreed on, so that a reader may refuse the list.
boot v1
board stack-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa09000000600000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000000942000000000000070000000000
h2 = CreateHob ResourceDescriptor 48 hex 00000000000000000000000000000000000000000700000000000042000000000000100000000000
InstallPeiMemory dram0 whole-0x70000
ReturnToDispatcher
HandOff
