boot v1
board heap-low
CreateHob Unused 48
CreateHob Unused 56
CreateHob Unused 48
AllocatePages BootServicesData 1
AllocatePages BootServicesData 1
