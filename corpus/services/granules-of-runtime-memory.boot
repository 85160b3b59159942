# Memory that stays with the OS is whole granules: 4 KiB, or 64 KiB where the OS maps by 64 KiB
# (HOBNAIL_CORE=64k): rounded up, padded above, and moved by whole granules.
boot v1
board roomy
p0 = AllocatePages BootServicesData 3
p1 = AllocatePages RuntimeServicesData 1
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages Reserved 17
FreePages p0+1 1
FreePages p1 1
InstallPeiMemory dram0 whole
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages ACPINvs 2
FreePages p2 1
ReturnToDispatcher
p6 = AllocatePages RuntimeServicesCode 1
FreePages p3 whole
FreePages p5 whole
p7 = AllocatePages RuntimeServicesCode 1
