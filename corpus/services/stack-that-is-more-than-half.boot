# Half of the memory must hold SEC's stack, however little the rest takes.
boot v1
board heap-low
InstallPeiMemory dram0 0xe000
ReturnToDispatcher
