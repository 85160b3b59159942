# A stack outside temporary RAM is no part of what lies between heap and stack there.
boot v1
board stack-outside
p0 = AllocatePages BootServicesData 3
b0 = AllocatePool 256
FreePages p0+1 1
FreePages stack 1
InstallPeiMemory stack whole
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesCode 2
ReturnToDispatcher
FreePages p0+2 1
p2 = AllocatePages BootServicesData 1
