# The heap ends between two pages.
boot v1
board odd-top
p0 = AllocatePages BootServicesData 1
InstallPeiMemory dram0 whole
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
FreePages p0 1
