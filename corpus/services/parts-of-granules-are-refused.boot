# Where the operating system maps by 64 KiB (HOBNAIL_CORE=64k) a part of runtime memory that is no
# granule cannot be freed: head, middle and tail, in each phase.
boot v1
board roomy
p0 = AllocatePages RuntimeServicesData 16
FreePages p0 1
FreePages p0+1 1
FreePages p0+15 1
InstallPeiMemory dram0 whole
p1 = AllocatePages RuntimeServicesData 16
FreePages p1 1
FreePages p1+1 1
FreePages p1+15 1
ReturnToDispatcher
p2 = AllocatePages RuntimeServicesData 16
FreePages p2 1
FreePages p2+1 1
FreePages p2+15 1
