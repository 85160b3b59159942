boot v1
board memory-below
garbage 235
p0 = AllocatePages Reserved 0x10000000000001
FreePages page[0]+3 2
FreePages page[0]+1 1
SetBootMode 0x6
FreePages page[2] whole
SetMem hob[5]+4 89 48
FreePages page[5] whole
FreePages page[2] whole
InstallPeiMemory dram0 whole
FreePages page[3] whole
FreePages page[42]+3 whole
FreePages page[0] whole
FreePages page[0] 3
FreePages page[0] whole
SetMem page[0]+0x1000 106 83
FreePages page[0] whole
p1 = AllocatePages BootServicesData 0xFFFFFFFF
FreePages page[1] whole-1
FreePages page[3] whole
SetMem pool[1] 103 113
FreePages page[0]+3 1
CopyMem pool[2]+4 pool[1] whole-1
FreePages page[1] whole
FreePages page[1] 2
SetMem page[0] 31 111
FreePages page[0]+1 whole
FreePages memory-top-0x1000 2
FreePages page[17] whole
CopyMem pool[0]+2048 pool[0]+2077 86
PeimWrite pool[1]+2048 whole-0x1000 hex e08628ee30202ae09a3c87924473989ff06856660fbdacca819879dbcf6563
SetBootMode 0x4
CopyMem page[3]+2048 page[3]+2067 55
FreePages page[1] whole
FreePages page[6] whole
FreePages page[1] whole
PeimWrite page[8] 85
p2 = AllocatePages BootServicesCode 4
FreePages page[4] whole
p3 = AllocatePages RuntimeServicesData 3
FreePages page[7] whole
GetHobList
SetMem page[7]+0x1000 60 121
FreePages page[44] whole
GetHobList
FreePages page[25] whole
FreePages page[58] whole
FreePages page[0] 1
CopyMem page[1] pool[1] 75
FreePages page[0] whole-2
FreePages page[0] whole
InstallPeiMemory dram0 0x100000000
CopyMem pool[11] pool[3]+8 69
HandOff
FreePages page[9] whole
ExitBootServices
SetBootMode 0xFFFFFFFF
FreePages page[49] whole
FreePages page[56]+3 whole
HandOff
ExitBootServices
