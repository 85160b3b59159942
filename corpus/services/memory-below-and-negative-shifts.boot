# Permanent memory below temporary RAM: every address moves down.
boot v1
board memory-below
b0 = AllocatePool 24
p0 = AllocatePages LoaderCode 2
h0 = CreateHob ResourceDescriptor 48
InstallPeiMemory dram0 whole
p1 = AllocatePages ACPINvs 1
ReturnToDispatcher
CopyMem p0 p1 4096
FreePages p0 2
GetHobList
