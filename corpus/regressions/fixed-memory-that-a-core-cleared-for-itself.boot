# A core may write to free memory and to the pages that it gives out or takes back. The next boot found what it left
# there; now the board looks for it.
boot v1
board heap-low
garbage 1
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 3
FreePages p0+1 1
p1 = AllocatePages LoaderData 8
FreePages p1 whole
HandOff
