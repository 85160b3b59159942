boot v1
board odd-top
p0 = AllocatePages Reserved 1
p1 = AllocatePages LoaderCode 1
p2 = AllocatePages LoaderData 1
p3 = AllocatePages BootServicesCode 1
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages RuntimeServicesCode 1
p6 = AllocatePages RuntimeServicesData 1
p7 = AllocatePages Conventional 1
p8 = AllocatePages Unusable 1
p9 = AllocatePages ACPIReclaim 1
p10 = AllocatePages ACPINvs 1
p11 = AllocatePages MMIO 1
p12 = AllocatePages MMIOPortSpace 1
p13 = AllocatePages PalCode 1
p14 = AllocatePages Persistent 1
p15 = AllocatePages Unaccepted 1
p16 = AllocatePages 16 1
p17 = AllocatePages 18 1
p18 = AllocatePages 0x80000000 1
p19 = AllocatePages 0xFFFFFFFE 1
h0 = CreateHob 0 8
h1 = CreateHob Handoff 56
h2 = CreateHob MemoryAllocation 48
h3 = CreateHob ResourceDescriptor 48
h4 = CreateHob GuidExtension 24
h5 = CreateHob Fv 24
h6 = CreateHob Cpu 16
h7 = CreateHob MemoryPool 8
h8 = CreateHob 8 8
h9 = CreateHob Fv2 56
h10 = CreateHob LoadPeimUnused 8
h11 = CreateHob Capsule 24
h12 = CreateHob Fv3 64
h13 = CreateHob 0x7FFE 8
h14 = CreateHob Unused 8
h15 = CreateHob EndOfHobList 8
SetBootMode 0x0
SetBootMode 0x20
SetBootMode 0xFE
SetBootMode 0xFF
SetBootMode 0xFFFFFFFF
SetMem page[0] 1 0
SetMem page[0] 1 255
