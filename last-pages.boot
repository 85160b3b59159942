boot v1
board heap-low
garbage 250
p0 = AllocatePages ACPIReclaim 1
p1 = AllocatePages LoaderCode 0xFFFFFFFFFFFFFFFF
p2 = AllocatePages BootServicesData 16
p3 = AllocatePages Reserved 3
p4 = AllocatePages 0x70000000 17
p5 = AllocatePages BootServicesData 4
p6 = AllocatePages BootServicesData 1
p7 = AllocatePages ACPINvs 0xFFFFFFFF
p8 = AllocatePages BootServicesData 1
p9 = AllocatePages Reserved 4
p10 = AllocatePages ACPIReclaim 4
p11 = AllocatePages LoaderCode 17 -> null
p12 = AllocatePages RuntimeServicesData 2
InstallPeiMemory dram0 whole
p13 = AllocatePages RuntimeServicesCode 1
ReturnToDispatcher
p14 = AllocatePages LoaderData 27 -> null
InstallPeiMemory stack 0xFFFFFFFFFFFFFFFF
p15 = AllocatePages BootServicesData 3
p16 = AllocatePages Reserved gap-3
p17 = AllocatePages 0xFFFFFFFF largest-free-3
p18 = AllocatePages ACPINvs 3
p19 = AllocatePages LoaderData leave:8
p20 = AllocatePages ACPINvs gap
p21 = AllocatePages BootServicesData 0x10000000000000
p22 = AllocatePages BootServicesCode 23
ReturnToDispatcher
p23 = AllocatePages LoaderData 15
p24 = AllocatePages BootServicesData 4
ReturnToDispatcher
p25 = AllocatePages ACPIReclaim 4
p26 = AllocatePages BootServicesCode 1
p27 = AllocatePages ACPINvs 3
p28 = AllocatePages ACPINvs 11
p29 = AllocatePages PalCode 1
p30 = AllocatePages LoaderCode 0x10000000000000
p31 = AllocatePages RuntimeServicesCode 0x80000000
p32 = AllocatePages LoaderData 1
p33 = AllocatePages ACPINvs 0x10000000000000
p34 = AllocatePages LoaderData 3
p35 = AllocatePages BootServicesData 1
p36 = AllocatePages 16 16 -> null
