# The oracle once called it an unjustified refusal: in the window the last 48 bytes of the temporary
# HOB list belong to the stack HOB that the migration will append, so this split cannot be recorded.
boot v1
board heap-low
garbage 4
InstallPeiMemory dram0 whole
h0 = CreateHob Fv2 leave:97
p0 = AllocatePages RuntimeServicesCode 68
FreePages page[0] 1
ReturnToDispatcher
