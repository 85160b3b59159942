# All of the gap is taken. The bins still hold what the table promises, down to the last page, and again
# after it was freed; no other type gets their pages.
boot v1
board heap-low
h0 = CreateHob GuidExtension 56 hex 9f04194c3741d34d9c108b97a83ffdfa06000000060000000a0000000200000003000000030000001000000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData gap-1
p1 = AllocatePages BootServicesData gap
p2 = AllocatePages RuntimeServicesData 4
p3 = AllocatePages RuntimeServicesData 2
p4 = AllocatePages RuntimeServicesData 1
p5 = AllocatePages ACPINvs 2
p6 = AllocatePages BootServicesCode 1
p7 = AllocatePages BootServicesCode 2
p8 = AllocatePages LoaderData 1
FreePages p3 whole
p9 = AllocatePages RuntimeServicesData 2
FreePages p2 whole
FreePages p9 whole
p10 = AllocatePages RuntimeServicesData 6
FreePages p10+1 1
p11 = AllocatePages RuntimeServicesData 1
FreePages p0 whole
p12 = AllocatePages ACPINvs 3
HandOff
ExitBootServices
