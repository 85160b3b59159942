boot v1
board roomy
InstallPeiMemory dram0 whole
ReturnToDispatcher
repeat 256 {
  upper = AllocatePages BootServicesData 1
  AllocatePages BootServicesData 1
  FreePages upper whole
}
AllocatePages BootServicesData gap-1
AllocatePool leave:0
AllocatePages BootServicesData 1
