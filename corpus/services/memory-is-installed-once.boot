# Once memory was taken, a later call is ignored, whatever it says.
boot v1
board heap-low
InstallPeiMemory 0x70000000 0x100000
InstallPeiMemory dram0 whole
InstallPeiMemory dram1 0
InstallPeiMemory 0xFFFFFFFFFFFFF000 0x10000
InstallPeiMemory temporary-ram 0x100000
p0 = AllocatePages BootServicesData 1
ReturnToDispatcher
InstallPeiMemory dram1 0
InstallPeiMemory 0xFFFFFFFFFFFFF000 0x10000
InstallPeiMemory temporary-ram 0x100000
p1 = AllocatePages BootServicesData 1
