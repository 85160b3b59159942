# The last pages of the gap: they fit only when the 48 bytes of their own HOB do.
boot v1
board heap-low
AllocatePool rest:48
p0 = AllocatePages BootServicesData gap
b1 = AllocatePool 1
