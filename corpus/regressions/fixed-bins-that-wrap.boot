# A resource HOB in the name of bins whose end wraps names no bins; the oracle took it for their home.
boot v1
board far-memory
p0 = AllocatePages BootServicesData 1
h0 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa0600000004000000050000000200000010000000ffffffff
InstallPeiMemory dram0 whole
ReturnToDispatcher
