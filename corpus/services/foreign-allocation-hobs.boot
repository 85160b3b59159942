# Platform, module, stack and free HOBs that PEIMs build describe memory that is not the core's to free.
boot v1
board heap-low
h0 = CreateHob MemoryAllocation 48 platform
h1 = CreateHob MemoryAllocation 72 module
h2 = CreateHob MemoryAllocation 48 stack
h3 = CreateHob MemoryAllocation 48 free
FreePages 0xB0000000 1
FreePages 0xB0000000 0x100
p0 = AllocatePages BootServicesData gap
p1 = AllocatePages BootServicesData gap-1
p2 = AllocatePages BootServicesData 1
