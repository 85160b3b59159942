boot v1
board memory-below
garbage 255
p0 = AllocatePages BootServicesData 4
b0 = AllocatePool 64
h0 = CreateHob GuidExtension 40
FreePages page[0] whole
FreePages page[63] whole
FreePages page[64] whole
FreePages page[4095]-1 whole
FreePages page[2]+3 1
FreePages page[2]+100 1
FreePages &page[2] 1
FreePages &page[2]-8 1
FreePages freed[0] whole
FreePages freed[16]+1 whole
FreePages &freed[0]+2048 1
FreePages p0 whole
FreePages p0+1 1
FreePages &p0+2049 1
FreePages p1023-1 1
FreePages pool[0] 1
FreePages hob[1]+4 1
FreePages b0 1
FreePages h0-0x1000 1
FreePages dram0+0x1000 1
FreePages dram1 1
FreePages temporary-ram 1
FreePages stack 1
FreePages hob-list 1
FreePages free-bottom+0x1000 1
FreePages free-top-0x1000 1
FreePages memory-top-0x1000 1
FreePages 0 1
FreePages 0x10007000 1
FreePages 0x8000000000000000 1
FreePages 0xFFFFFFFFFFFFF000 1
CopyMem page[3]+8 freed[1] 8
CopyMem pool[15] pool[16]-1 8
CopyMem hob[7] hob[8]+4 8
CopyMem p15 p16+0x1000 8
CopyMem b7+1 b8-1 8
CopyMem h7 h8+8 8
CopyMem dram0+2048 dram2-8 8
CopyMem temporary-ram+4095 stack-4095 8
CopyMem hob-list free-bottom 8
CopyMem free-top memory-top 8
CopyMem 0 0xFFFFFFFFFFFFFFFF 8
PeimWrite page[0]+0x7FFFFFFFFFFFFFFF 1
PeimWrite page[0]-0x8000000000000000 1
InstallPeiMemory dram0 whole
InstallPeiMemory dram1 whole
InstallPeiMemory dram0+2048 whole
