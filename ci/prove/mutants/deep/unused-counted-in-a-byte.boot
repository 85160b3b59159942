boot v1
board roomy
InstallPeiMemory dram0 whole
ReturnToDispatcher
repeat 256 {
  AllocatePages BootServicesData 1
}
repeat 256 {
  FreePages page[0] whole
}
big = AllocatePages BootServicesData gap-1
AllocatePool leave:0
FreePages big+1 1
