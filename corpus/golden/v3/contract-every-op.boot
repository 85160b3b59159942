boot v1
board heap-low
garbage 7
contract
p0 = AllocatePages BootServicesData 3
FreePages p0+1 1
b0 = AllocatePool 40
h0 = CreateHob GuidExtension 40
CopyMem b0 p0 24
SetMem p0 whole 90
GetHobList
GetBootMode
SetBootMode 0x11
InstallPeiMemory dram0 whole
PeimWrite h0+8 16
ReturnToDispatcher
HandOff
ExitBootServices
