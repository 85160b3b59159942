# Nine types can be allocated; the rest is EFI_INVALID_PARAMETER.
boot v1
board heap-low
AllocatePages Reserved 1
AllocatePages LoaderCode 1
AllocatePages LoaderData 1
AllocatePages BootServicesCode 1
AllocatePages Conventional 1
AllocatePages Unusable 1
AllocatePages MMIO 1
AllocatePages PalCode 1
AllocatePages Persistent 1
AllocatePages Unaccepted 1
AllocatePages 16 1
AllocatePages 0x80000000 1
AllocatePages BootServicesData 1 -> null
AllocatePages BootServicesData 0
