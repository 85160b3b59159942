# Temporary RAM, heap and stack begin and end between pages; so does the memory that is offered.
boot v1
board unaligned
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData gap
p2 = AllocatePages BootServicesData leave:1
InstallPeiMemory dram0+8 0x80000
InstallPeiMemory dram0 0x80210
p3 = AllocatePages BootServicesData 1
ReturnToDispatcher
FreePages p0 1
p4 = AllocatePages BootServicesData 2
