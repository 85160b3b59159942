boot v1
board roomy
repeat 5000 {
  h0 = CreateHob GuidExtension 24
}
repeat 127 {
  p0 = AllocatePages BootServicesData 1
  p1 = AllocatePages BootServicesCode 1
  FreePages p0 1
  FreePages p1 1
}
PeimWrite h4999+8 8
