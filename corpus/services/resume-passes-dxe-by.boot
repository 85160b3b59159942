# S3 resume: PEI goes to the operating system without DXE, with memory installed or without.
boot v1
board heap-low
SetBootMode 0x11
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram1 whole
ReturnToDispatcher
p1 = AllocatePages ACPINvs 1
HandOff
ExitBootServices
