boot v1
board heap-low
GetHobList
p0 = AllocatePages BootServicesData 2
p1 = AllocatePages LoaderData 1
h0 = CreateHob GuidExtension 40
b0 = AllocatePool 40
SetBootMode 0x12
GetBootMode
PeimWrite p0 64
CopyMem p0+8 p0 64
SetMem p0 32 90
p2 = AllocatePages BootServicesData 0x4000
FreePages p1 1
GetHobList
InstallPeiMemory dram0 whole
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
p4 = AllocatePages RuntimeServicesData 1
HandOff
ExitBootServices
