# A PEIM describes the home of the bins, and overwrites its HOB later: the memory is not tested any more. The
# oracle accused the core of the page that is lost.
boot v1
board ppi-hole
h0 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000008a52000000000010000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 95
p1 = AllocatePages BootServicesData 1
CopyMem h0-0x71E3C78F1E3C78F2 h0 1
HandOff
