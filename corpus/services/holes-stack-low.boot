# The same with the stack below the heap, and no more memory than that needs.
boot v1
board hole-stack-low
p0 = AllocatePages ACPIReclaim 2
h0 = CreateHob GuidExtension 64
InstallPeiMemory dram1 needed-0x1000
InstallPeiMemory dram1 needed
InstallPeiMemory dram1 needed+0x4000
p1 = AllocatePages BootServicesData gap
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 1
ReturnToDispatcher
p4 = AllocatePages BootServicesData 1
