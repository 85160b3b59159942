boot v1
board roomy
AllocatePages BootServicesData 1
AllocatePool 0xFFE8
AllocatePool 0xFFE8
AllocatePool 0xFFE8
AllocatePool 0xFFE8
AllocatePool leave:0x1F030
AllocatePages RuntimeServicesData 1
