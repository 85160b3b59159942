boot v1
board small-heap
p0 = AllocatePages BootServicesData 0
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 127
p3 = AllocatePages BootServicesData 128
p4 = AllocatePages BootServicesData 129
p5 = AllocatePages BootServicesData 0x10000000000000
p6 = AllocatePages BootServicesData 0xFFFFFFFFFFFFFFFF
p7 = AllocatePages BootServicesData gap
p8 = AllocatePages BootServicesData gap-1
p9 = AllocatePages BootServicesData gap+999
p10 = AllocatePages BootServicesData leave:40
p11 = AllocatePages BootServicesData leave:41
p12 = AllocatePages BootServicesData rest:48
p13 = AllocatePages BootServicesData largest-free+1
p14 = AllocatePages BootServicesData largest-free-0x1000
p15 = AllocatePages BootServicesData needed
FreePages p0 whole+1
FreePages p0 whole-5
b0 = AllocatePool 0
b1 = AllocatePool 0xFFF0
b2 = AllocatePool 0xFFF2
b3 = AllocatePool gap-48
b4 = AllocatePool leave:0
b5 = AllocatePool leave:-8
b6 = AllocatePool leave:0x2000
b7 = AllocatePool rest:40
b8 = AllocatePool rest:4095
b9 = AllocatePool largest-free
b10 = AllocatePool whole
InstallPeiMemory dram0 whole-0x1000
InstallPeiMemory dram0 needed-0x1000
InstallPeiMemory dram0 needed+1
SetMem page[0] whole-1 255
