boot v1
board roomy
contract
p0 = AllocatePages RuntimeServicesData gap-2
b0 = AllocatePool leave:40
b1 = AllocatePool rest:8
FreePages page[0]+1 whole
p1 = AllocatePages BootServicesCode largest-free+1
InstallPeiMemory dram0+0x1000 needed
