# A bin of 4 pages is served to its last page, then the gap is; when neither has room the answer is
# what it is without bins (HOBNAIL_CORE=bins).
boot v1
board heap-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa0600000004000000050000000200000010000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 3
p1 = AllocatePages RuntimeServicesData gap+1
p2 = AllocatePages RuntimeServicesData 1
p3 = AllocatePages BootServicesData gap+1
FreePages p0 whole
