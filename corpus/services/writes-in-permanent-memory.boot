# What is written after the migration, into pages, pools and HOBs: overlapping, apart, and nothing.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool 64
h0 = CreateHob GuidExtension 40
InstallPeiMemory dram0 whole
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
CopyMem p1 p0 64
CopyMem p1+8 p1 64
CopyMem p1 p1+8 64
CopyMem p1 p1 64
CopyMem p0 p1 0
CopyMem b0 p1 32
CopyMem h0 b0 16
CopyMem 0x0 p1 8
SetMem p1+1 4000 0x5A
SetMem p0 0 0xFF
SetMem b0+1 17 0xA5
SetMem h0+3 9 0x3C
SetMem 0x0 8 0x00
PeimWrite p1 16
PeimWrite 0x0 8
