# The platform names a part of the memory that it installs: the gap ends below the bins, and what lies
# above them is memory like any other.
boot v1
board heap-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa0a0000000400000006000000040000001000000000000000
h1 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000001a40000000000090000000000000
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages ACPINvs 4
p1 = AllocatePages BootServicesData gap-1
p2 = AllocatePages BootServicesData largest-free
p3 = AllocatePages RuntimeServicesData 3
p4 = AllocatePages RuntimeServicesData 1
FreePages p0 2
p5 = AllocatePages ACPINvs 2
FreePages p2 whole
p6 = AllocatePages RuntimeServicesData 8
FreePages p1 whole
HandOff
ExitBootServices
