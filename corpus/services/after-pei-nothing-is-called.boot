# DXE has the machine: no service of PEI is called any more. The harness holds to it, op by op.
boot v1
board heap-low
b0 = AllocatePool 8
InstallPeiMemory dram0 whole
ExitBootServices
ReturnToDispatcher
p0 = AllocatePages BootServicesData 1
HandOff
InstallPeiMemory dram1 whole
AllocatePages BootServicesData 1
FreePages p0 1
AllocatePool 8
CreateHob GuidExtension 24
CopyMem p0 p0+8 8
SetMem p0 8 0x00
PeimWrite p0 8
GetHobList
GetBootMode
SetBootMode FullConfiguration
ReturnToDispatcher
HandOff
ExitBootServices
ExitBootServices
