boot v1
board roomy
garbage 9
p0 = AllocatePages BootServicesData 3
repeat 257 {
  p1 = AllocatePages BootServicesData 1
  b0 = AllocatePool 24 hex 0102
  CopyMem b0 p1+8 8
  PeimWrite name-of-p1 16
  FreePages p1 1
  PeimWrite p0 1
}
p258 = AllocatePages RuntimeServicesData 1
FreePages p257 1
FreePages p0+1 1
