# A PEIM builds the record of a module, of 48 bytes and elsewhere: its pages are not AllocatePages's to free or reuse.
boot v1
board heap-low
h0 = CreateHob MemoryAllocation 48 hex 7519e2f89908584fa4be5525a9c6d77a000000b00000000000100000000000000400000000000000
p0 = AllocatePages LoaderData 2
FreePages p0 1
p1 = AllocatePages LoaderData 1
HandOff
