boot v1
board heap-low
# The owner of pages may write a GUID into the Name of their record: they stay his to free.
p0 = AllocatePages LoaderData 2
PeimWrite name-of-p0 16 hex 33221100 5544 7766 8899aabbccddeeff
FreePages p0 whole
# A part of them, before the migration and after it.
p1 = AllocatePages LoaderData 3
PeimWrite name-of-p1 16 hex 33221100 5544 7766 8899aabbccddeeff
FreePages p1+1 1
p2 = AllocatePages BootServicesData 2
PeimWrite name-of-p2 16
InstallPeiMemory dram0 whole
p3 = AllocatePages BootServicesData 2
PeimWrite name-of-p3 16
ReturnToDispatcher
FreePages p1 1
FreePages p2 whole
FreePages p3 whole
p4 = AllocatePages RuntimeServicesData 2
PeimWrite name-of-p4 16
FreePages p4+1 1
HandOff
ExitBootServices
