# The gap holds the pages that are asked for, and not the 48 bytes that describe them; then an UNUSED
# HOB is there for them.
boot v1
board small-memory
InstallPeiMemory dram1 whole
ReturnToDispatcher
AllocatePool rest:40
AllocatePages BootServicesData gap
h0 = CreateHob Unused 48
AllocatePool rest:40
p1 = AllocatePages BootServicesData gap
