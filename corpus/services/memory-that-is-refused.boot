# No byte, a wrap, temporary RAM itself, too little, unaligned; then a good one, and a second one.
boot v1
board heap-low
InstallPeiMemory dram0 0
InstallPeiMemory 0xFFFFFFFFFFFFF000 0x10000
InstallPeiMemory 0xFFFFFFFFFFF00000 0x100000
InstallPeiMemory temporary-ram 0x100000
InstallPeiMemory stack 0x8000
InstallPeiMemory dram0 4096
InstallPeiMemory dram0+0x800 0x80000
InstallPeiMemory dram1 needed
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram1 whole
p1 = AllocatePages BootServicesData 1
ReturnToDispatcher
InstallPeiMemory dram1 whole
ReturnToDispatcher
