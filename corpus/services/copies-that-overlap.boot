# CopyMem is as if through a buffer; neighbours stay what they were.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 64
CopyMem p0 p0+1 4095
CopyMem p0+1 p0 4095
CopyMem p0+7 p0+3 100
CopyMem p0+0x1000 p0+0xFF8 16
CopyMem b0 b0+8 56
CopyMem b0+8 b0 56
CopyMem b0 p0 64
SetMem b0+3 17 0x5A
SetMem p0 0 0xFF
SetMem p0+1 8190 0x00
CopyMem p0 b0 0
FreePages p0 2
