# Resume: PEI gets the 512 KiB that the last boot has reserved for it, and no more.
boot v1
board s3
SetBootMode 0x11
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram0 whole
p1 = AllocatePages BootServicesCode 2
ReturnToDispatcher
GetBootMode
p2 = AllocatePages BootServicesData leave:1
p3 = AllocatePages BootServicesData 1
FreePages p0 1
p4 = AllocatePages BootServicesData 1
