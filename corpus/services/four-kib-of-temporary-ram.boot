# There is room for one HOB: who takes it, takes it from the stack of permanent memory.
boot v1
board tiny
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool 41
b1 = AllocatePool 1
InstallPeiMemory dram0 whole
b2 = AllocatePool 1
ReturnToDispatcher
