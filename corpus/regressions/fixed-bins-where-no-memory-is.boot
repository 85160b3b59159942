# A resource HOB in the name of bins that covers memory which is not there names none; the oracle took it
# for bins, and then reported pages as lost that were not.
boot v1
board far-memory
p0 = AllocatePages BootServicesData 1
h0 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa06000000040000000500000002000000100000001b1b1b1b
InstallPeiMemory dram0 whole
ReturnToDispatcher
