boot v1
board ppi-swap
contract
InstallPeiMemory dram0 whole
ReturnToDispatcher
