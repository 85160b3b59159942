# A whole boot: pools, pages of all types, frees, the window, the migration, DXE, and the operating
# system. Read it with `hobnail replay --trace`: it says what becomes of everybody's memory.
boot v1
board heap-low
garbage 7
b0 = AllocatePool 40
p0 = AllocatePages BootServicesData 3
FreePages p0+1 1
p1 = AllocatePages RuntimeServicesData 1
InstallPeiMemory dram0 whole
p2 = AllocatePages ACPINvs 2
ReturnToDispatcher
b1 = AllocatePool 100
p3 = AllocatePages Reserved 1
p4 = AllocatePages LoaderCode 2
p5 = AllocatePages LoaderData 1
p6 = AllocatePages BootServicesCode 4
p7 = AllocatePages RuntimeServicesCode 2
p8 = AllocatePages ACPIReclaim 3
FreePages p6+1 2
h0 = CreateHob GuidExtension 40
HandOff
b2 = AllocatePool 8
ExitBootServices
