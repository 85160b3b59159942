boot v1
board heap-low
CreateHob Unused 48
AllocatePool leave:0
InstallPeiMemory dram0 whole
AllocatePages BootServicesData 1
ReturnToDispatcher
