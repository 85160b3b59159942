boot v1
board stack-outside
garbage 232
p0 = AllocatePages RuntimeServicesData 1
p1 = AllocatePages ACPIReclaim 1
SetMem pool[1]+256 whole 251
p2 = AllocatePages ACPIReclaim 3
p3 = AllocatePages LoaderData 4
p4 = AllocatePages BootServicesData 3
GetBootMode
GetBootMode
PeimWrite page[7]+4 59
FreePages page[5]+1 whole
FreePages page[0] 3
FreePages page[6] whole
p5 = AllocatePages RuntimeServicesData 4
GetBootMode
p6 = AllocatePages RuntimeServicesCode 2
p7 = AllocatePages BootServicesData 1
GetBootMode
p8 = AllocatePages Reserved 1
p9 = AllocatePages ACPINvs 11
p10 = AllocatePages BootServicesData 2
p11 = AllocatePages BootServicesCode 4
InstallPeiMemory dram0 whole
PeimWrite page[4]+1 121 hex cf5bc7e2f898551ff7dd97df9e
p12 = AllocatePages Reserved 3
p13 = AllocatePages ACPIReclaim 4
CopyMem page[11] page[11]+11 16
p14 = AllocatePages LoaderCode 1
PeimWrite pool[7]+1 100
FreePages page[6] whole
FreePages page[5]+1 1
SetMem pool[1] 55 111
p15 = AllocatePages Reserved 3
h0 = CreateHob Fv 24 hex 0000c0ff000000000000100000000000
GetBootMode
p16 = AllocatePages BootServicesData 3
GetBootMode
p17 = AllocatePages ACPINvs 1
p18 = AllocatePages BootServicesData 3
p19 = AllocatePages RuntimeServicesData 1
p20 = AllocatePages LoaderCode 4
p21 = AllocatePages RuntimeServicesData 2
p22 = AllocatePages RuntimeServicesCode 1
FreePages page[6] whole
ReturnToDispatcher
GetBootMode
p23 = AllocatePages LoaderData 0
p24 = AllocatePages BootServicesData 3
h1 = CreateHob Fv2 56
h2 = CreateHob GuidExtension 120
p25 = AllocatePages ACPIReclaim 3
p26 = AllocatePages RuntimeServicesCode 4
p27 = AllocatePages Reserved 4
CopyMem page[0] page[2] 40
p28 = AllocatePages ACPIReclaim 2
p29 = AllocatePages BootServicesData 3
p30 = AllocatePages Reserved 2
p31 = AllocatePages BootServicesData 4
p32 = AllocatePages BootServicesData 4
p33 = AllocatePages ACPINvs 3
p34 = AllocatePages RuntimeServicesData 2
p35 = AllocatePages RuntimeServicesCode largest-free
p36 = AllocatePages RuntimeServicesData 3
p37 = AllocatePages BootServicesCode 2
h3 = CreateHob GuidExtension 40
p38 = AllocatePages RuntimeServicesData 3
