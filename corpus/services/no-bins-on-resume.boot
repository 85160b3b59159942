# On resume the bins' memory is the running operating system's: the table asks for nothing.
boot v1
board s3
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa06000000040000000a000000040000001000000000000000
SetBootMode 0x11
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 4
p1 = AllocatePages ACPINvs 2
FreePages p0+1 1
HandOff
