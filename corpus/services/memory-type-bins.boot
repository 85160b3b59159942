# The platform's table asks for bins of 4 pages of runtime data and 2 of runtime code. A core that has
# bins (HOBNAIL_CORE=bins) serves these types from there, to the last page, then from the gap, and
# takes freed pages back into the bin; any other core leaves the table alone.
boot v1
board heap-low
h0 = CreateHob GuidExtension 48 hex 9f04194c3741d34d9c108b97a83ffdfa060000000400000005000000020000001000000000000000
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 1
ReturnToDispatcher
p1 = AllocatePages RuntimeServicesData 4
p2 = AllocatePages RuntimeServicesCode 1
p3 = AllocatePages RuntimeServicesData 1
p4 = AllocatePages BootServicesData 2
FreePages p1+1 2
p5 = AllocatePages BootServicesCode 2
p6 = AllocatePages RuntimeServicesData 2
FreePages p1 1
FreePages p2 1
p7 = AllocatePages RuntimeServicesCode 2
