boot v1
board ppi-swap
contract
InstallPeiMemory dram0 whole
ReturnToDispatcher
repeat 100 {
  p0 = AllocatePages RuntimeServicesData 1
  h0 = CreateHob GuidExtension 24
  FreePages page[0] whole
}
HandOff
ExitBootServices
