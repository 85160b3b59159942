# SEC's list begins with a PPI that no core knows (garbage 3), before the one that moves temporary RAM. The core passes
# over it and finds the other.
boot v1
board ppi-swap
garbage 3
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool 24
InstallPeiMemory dram0 whole
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
