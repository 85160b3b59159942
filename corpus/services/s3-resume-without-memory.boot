# Resume from temporary RAM alone: dispatch goes on, nothing migrates.
boot v1
board s3
SetBootMode 0x11
p0 = AllocatePages BootServicesData 1
b0 = AllocatePool 64
ReturnToDispatcher
p1 = AllocatePages BootServicesData 1
FreePages p0 1
ReturnToDispatcher
GetBootMode
GetHobList
p2 = AllocatePages BootServicesData 1
