# The oracle once called it an unjustified refusal: permanent memory is full but for what migrates, so
# the HOB list may not grow by the record that this split needs.
boot v1
board memory-below
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData gap
p1 = AllocatePages BootServicesData 128
p2 = AllocatePages BootServicesData 64
p3 = AllocatePages BootServicesData 32
p4 = AllocatePages BootServicesData 16
p5 = AllocatePages BootServicesData 8
p6 = AllocatePages BootServicesData 4
p7 = AllocatePages BootServicesData 2
p8 = AllocatePages BootServicesData 1
p9 = AllocatePages BootServicesData 1
AllocatePool 2040
AllocatePool 1016
AllocatePool 504
AllocatePool 248
AllocatePool 120
AllocatePool 56
AllocatePool 24
AllocatePool 8
AllocatePool 0
FreePages p1+1 1
ReturnToDispatcher
FreePages p1+1 1
