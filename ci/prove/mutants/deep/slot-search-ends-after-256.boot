boot v1
board roomy
CreateHob Unused 48
repeat 257 {
  CreateHob GuidExtension 24
}
CreateHob Unused 48
AllocatePages BootServicesData 1
AllocatePages BootServicesData 1
