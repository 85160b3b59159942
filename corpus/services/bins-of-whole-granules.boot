# Bins of 64 KiB and 128 KiB, so that they lie alike where the operating system maps by 64 KiB and where
# it maps by pages.
boot v1
board heap-low
h0 = CreateHob GuidExtension 56 hex 9f04194c3741d34d9c108b97a83ffdfa06000000200000000a0000001000000004000000100000001000000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 16
p1 = AllocatePages LoaderData gap-1
p2 = AllocatePages LoaderData gap
p3 = AllocatePages RuntimeServicesData 1
p4 = AllocatePages RuntimeServicesData 16
p5 = AllocatePages BootServicesData 15
p6 = AllocatePages BootServicesData 1
p7 = AllocatePages ACPINvs 16
FreePages p0 whole
p8 = AllocatePages RuntimeServicesData 16
FreePages p6 whole
FreePages p5 whole
p9 = AllocatePages BootServicesData 16
HandOff
ExitBootServices
