# The window is full down to the place of what SEC has beside heap and stack, which the platform copies; no
# page of temporary RAM hides what it writes over.
boot v1
board ppi-hole
InstallPeiMemory dram1 whole
p0 = AllocatePages BootServicesData 80
p1 = AllocatePages BootServicesData 4
p2 = AllocatePages BootServicesData 2
p3 = AllocatePages BootServicesData 2
ReturnToDispatcher
