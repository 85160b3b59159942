# The HOBs that DXE cannot do without do not fit any more: the boot ends where it stands.
boot v1
board small-memory
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool leave:16
HandOff
ExitBootServices
