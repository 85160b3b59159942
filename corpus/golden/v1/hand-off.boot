boot v1
board heap-low
InstallPeiMemory dram0 whole
ReturnToDispatcher
HandOff
ExitBootServices
