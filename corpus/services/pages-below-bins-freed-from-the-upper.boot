# Pages below the bins are freed, those at the gap last. All are in the gap again, whatever lies above the
# bins (HOBNAIL_CORE=bins).
boot v1
board heap-low
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa06000000020000001000000000000000
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 1
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 2
FreePages p1 whole
FreePages p2 whole
p3 = AllocatePages BootServicesCode gap
