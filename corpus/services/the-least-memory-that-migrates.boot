# Memory just large enough for stack, HOB list and pages.
boot v1
board stack-low
p0 = AllocatePages BootServicesData 2
b0 = AllocatePool 1000
InstallPeiMemory dram0 needed-0x1000
InstallPeiMemory dram0 needed
InstallPeiMemory dram0 needed+0x1000
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
b1 = AllocatePool leave:0
