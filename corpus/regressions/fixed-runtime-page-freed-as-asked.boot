# One page of runtime memory is asked for and freed. With granules of 64 KiB a core may free the granule that it gave
# for it; the oracle accepted a refusal alone.
boot v1
board roomy
p0 = AllocatePages RuntimeServicesData 1
FreePages p0 1
