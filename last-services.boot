boot v1
board small-memory
garbage 96
FreePages page[3]+1 3
SetMem pool[0] whole+0x1000 230
SetMem pool[3]+16 63 177
FreePages page[0] whole
p0 = AllocatePages RuntimeServicesCode 4
p1 = AllocatePages ACPINvs 2
SetBootMode 0x7
SetMem pool[11]+4088 whole-0x1000 182
SetMem pool[1]+256 64 204
p2 = AllocatePages ACPINvs 2
CopyMem page[0] pool[0] 14
FreePages page[5] 0x10000000000000
p3 = AllocatePages LoaderData 13
InstallPeiMemory dram0 whole
p4 = AllocatePages ACPIReclaim 1
CopyMem page[1] page[0]+256 whole+1
p5 = AllocatePages BootServicesData 1
FreePages page[49] 1
p6 = AllocatePages LoaderData 4
p7 = AllocatePages ACPIReclaim 4
p8 = AllocatePages BootServicesData 1
FreePages page[4] whole
p9 = AllocatePages BootServicesCode 4
p10 = AllocatePages ACPINvs 2
p11 = AllocatePages BootServicesData 4
CopyMem pool[14]+256 page[11] 87
SetMem page[8] whole 67
p12 = AllocatePages LoaderCode 2
SetMem freed[7]+2048 109 162
ReturnToDispatcher
p13 = AllocatePages Reserved 3
FreePages page[1] whole
SetMem page[1]+8 whole-1 31
FreePages page[63]+1 whole
FreePages page[5] whole
p14 = AllocatePages LoaderData 20
CopyMem page[5]+8 page[5]+45 16
p15 = AllocatePages RuntimeServicesCode 4
FreePages freed[5] whole
p16 = AllocatePages BootServicesData 22
SetMem page[1]+16 whole 124
FreePages page[1] whole
FreePages page[0] whole
CopyMem page[1]+8 page[1]+21 whole
FreePages page[0] whole
FreePages page[4] whole-1
p17 = AllocatePages BootServicesData 14
p18 = AllocatePages BootServicesData 3
FreePages page[60]+1 3
p19 = AllocatePages BootServicesCode 4
FreePages page[2]+2 1
SetBootMode 0x10
SetBootMode 0x12
FreePages page[0] whole
FreePages page[6]+1 whole
FreePages page[41] 0
ReturnToDispatcher
FreePages page[0] 1
p20 = AllocatePages ACPIReclaim 2
FreePages page[0] whole
FreePages page[45] whole-1
p21 = AllocatePages RuntimeServicesData 1
p22 = AllocatePages LoaderCode 1
p23 = AllocatePages BootServicesData 4
