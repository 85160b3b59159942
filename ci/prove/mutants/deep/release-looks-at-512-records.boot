boot v1
board roomy
InstallPeiMemory dram0 whole
ReturnToDispatcher
repeat 513 {
  last = AllocatePages BootServicesData 1
}
FreePages last whole
