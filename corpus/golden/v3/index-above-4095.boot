boot v1
board heap-low
FreePages page[4096] 1
PeimWrite b16383+4 4
CopyMem p9000 h5000-8 8
