# FreePages of a part needs a HOB, and only UNUSED ones are left. A core need not use them again; the oracle counted
# them as room.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 4
FreePages p0 1
FreePages p1 3
FreePages p1+3 1
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesData 1
b0 = AllocatePool leave:48
FreePages p2 1
p3 = AllocatePages BootServicesData 2
FreePages &p2 1
