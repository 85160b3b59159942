boot v1
board far-memory
InstallPeiMemory dram0 whole
ReturnToDispatcher
