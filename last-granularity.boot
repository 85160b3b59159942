boot v1
board small-memory
SetMem hob[4]+16 whole-48 25
SetMem page[13]+256 55 2
p0 = AllocatePages ACPIReclaim 3
GetBootMode
GetBootMode
p1 = AllocatePages Conventional 1
p2 = AllocatePages ACPIReclaim 2
p3 = AllocatePages BootServicesData 3
FreePages page[0] whole
p4 = AllocatePages BootServicesData 3
SetMem pool[0] 120 164
p5 = AllocatePages LoaderData 8
p6 = AllocatePages BootServicesData 2
SetMem page[15] 12 253
p7 = AllocatePages BootServicesCode 4
GetBootMode
p8 = AllocatePages BootServicesData 3
p9 = AllocatePages LoaderCode 29
p10 = AllocatePages BootServicesData 1
GetBootMode
h0 = CreateHob MemoryAllocation 48 platform
GetBootMode
p11 = AllocatePages LoaderCode 3
p12 = AllocatePages LoaderCode 4
SetMem page[3] whole+1 92
GetBootMode
p13 = AllocatePages ACPIReclaim 1
FreePages page[4]+2 2
p14 = AllocatePages ACPIReclaim 2
SetMem freed[1]+1 whole-0x1000 0
p15 = AllocatePages BootServicesData 3
SetMem page[12]+256 17 169
p16 = AllocatePages BootServicesData 1
p17 = AllocatePages LoaderCode 4
p18 = AllocatePages BootServicesData 3
ReturnToDispatcher
PeimWrite page[3] whole
FreePages page[6] whole
p19 = AllocatePages BootServicesData 3
p20 = AllocatePages LoaderCode 3
ReturnToDispatcher
SetMem page[0]+16 30 45
p21 = AllocatePages LoaderData 1
SetMem page[4] whole+48 165
p22 = AllocatePages BootServicesData 2
p23 = AllocatePages BootServicesData 2
