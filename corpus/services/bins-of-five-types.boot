# The core finds a place for the bins. Pages from before the migration stay outside. A bin serves all of
# its pages at once; what it cannot hold comes from the gap; pages freed within it are given out again.
boot v1
board heap-low
h0 = CreateHob GuidExtension 72 hex 9f04194c3741d34d9c108b97a83ffdfa09000000020000000a000000030000000000000001000000060000000400000005000000020000001000000000000000
p0 = AllocatePages RuntimeServicesData 1
InstallPeiMemory dram0 whole
p1 = AllocatePages ACPINvs 2
ReturnToDispatcher
p2 = AllocatePages RuntimeServicesData 4
p3 = AllocatePages RuntimeServicesData 1
p4 = AllocatePages ACPINvs 2
p5 = AllocatePages ACPINvs 2
p6 = AllocatePages ACPIReclaim 3
p7 = AllocatePages Reserved 1
p8 = AllocatePages BootServicesData 2
FreePages p2+1 2
p9 = AllocatePages RuntimeServicesData 2
FreePages p4 whole
p10 = AllocatePages ACPINvs 3
FreePages p0 whole
FreePages p1 whole
HandOff
ExitBootServices
