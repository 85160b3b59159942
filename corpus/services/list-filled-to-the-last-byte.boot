# An exact fit of a HOB succeeds; the next one of 8 bytes does not.
boot v1
board small-heap
h0 = CreateHob GuidExtension leave:48
p0 = AllocatePages BootServicesData 1
h1 = CreateHob GuidExtension gap
h2 = CreateHob GuidExtension 8
b0 = AllocatePool 0
