# SEC's data in three places around heap and stack is packed above the new stack.
boot v1
board hole-heap-low
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 100
p1 = AllocatePages RuntimeServicesData 1
FreePages p1 1
InstallPeiMemory dram0 whole
p2 = AllocatePages BootServicesCode 3
FreePages p2+1 1
FreePages p0+1 1
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
b1 = AllocatePool leave:0
FreePages p0 1
