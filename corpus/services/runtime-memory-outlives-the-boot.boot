# What runtime services, ACPI and the firmware keep has its contents through DXE and the operating
# system; pieces of what was freed in part, too, and pages that migrated.
boot v1
board roomy
p0 = AllocatePages RuntimeServicesData 48
p1 = AllocatePages ACPINvs 16
InstallPeiMemory dram0 whole
p2 = AllocatePages RuntimeServicesCode 32
ReturnToDispatcher
PeimWrite p0+100 64 hex 00112233445566778899aabbccddeeff
p3 = AllocatePages Reserved 16
p4 = AllocatePages ACPIReclaim 16
p5 = AllocatePages BootServicesData 64
FreePages p0+16 16
CopyMem p3 p0 256
HandOff
ExitBootServices
