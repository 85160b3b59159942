# Freeing the middle of an allocation needs two more HOBs; freeing the rest from below lets the gap
# absorb all of it, and retires the HOBs as UNUSED, to be used again.
boot v1
board heap-low
p0 = AllocatePages BootServicesCode 3
FreePages p0+1 1
FreePages p0 1
FreePages p0+2 1
p1 = AllocatePages LoaderData 2
