# The bytes of a pool look like the resource that MemoryTypeInformation owns. The pool is no resource.
boot v1
board heap-low
h0 = CreateHob GuidExtension 40 hex 9f04194c3741d34d9c108b97a83ffdfa06000000040000001000000000000000
b0 = AllocatePool 40
PeimWrite b0 40 hex 9f04194c3741d34d9c108b97a83ffdfa000000000700000000001f40000000000000010000000000
InstallPeiMemory dram0 whole-0x10000
ReturnToDispatcher
p0 = AllocatePages RuntimeServicesData 1
HandOff
ExitBootServices
