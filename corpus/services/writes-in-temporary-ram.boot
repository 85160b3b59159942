# What a PEIM and the two memory services write into pages, pools and HOBs of temporary RAM; a place
# without an owner is not written.
boot v1
board heap-low
h0 = CreateHob GuidExtension 40
p0 = AllocatePages BootServicesData 1
CopyMem p0 p0 64
SetMem h0+4 8 0xC3
PeimWrite p0 16
CopyMem 0x0 p0 8
SetMem 0x0 8 0x00
PeimWrite 0x0 8
h1 = CreateHob GuidExtension 29
