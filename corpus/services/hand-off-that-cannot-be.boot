# There is no hand-off before memory, none in the window, and none twice; ExitBootServices is DXE's.
boot v1
board heap-low
HandOff
ExitBootServices
InstallPeiMemory dram0 whole
HandOff
ReturnToDispatcher
ExitBootServices
HandOff
HandOff
AllocatePages BootServicesData 1
ExitBootServices
ExitBootServices
