# An unused HOB that is longer than an allocation HOB is no slot for one: the list grows for the pages.
boot v1
board heap-low
h0 = CreateHob Unused 56
p0 = AllocatePages BootServicesData 1
