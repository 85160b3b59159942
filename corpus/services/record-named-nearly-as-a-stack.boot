# The name differs from the stack's in its last byte: the pages are their owner's to free.
boot v1
board heap-low
p0 = AllocatePages LoaderData 2
PeimWrite name-of-p0 16 hex 27bfd44e9240e942807d527b1d00c9be
FreePages p0 whole
