# A platform wants bins: runtime memory in one place, from boot to boot. A core that sets them up
# describes their memory by a resource HOB of its own; the platform describes the rest around it.
boot v1
board heap-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa0600000008000000050000000400000010000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 2
p1 = AllocatePages RuntimeServicesCode 1
p2 = AllocatePages BootServicesData 5
p3 = AllocatePages RuntimeServicesData 20
FreePages p0 1
HandOff
ExitBootServices
