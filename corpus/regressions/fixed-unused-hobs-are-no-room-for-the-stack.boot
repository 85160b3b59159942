# The migration needs a HOB for the stack, and only UNUSED ones are left. A core may refuse InstallPeiMemory; the
# oracle counted them as room.
boot v1
board heap-low
p0 = AllocatePages BootServicesData 2
FreePages p0 1
FreePages page[1] 1
b0 = AllocatePool leave:0
InstallPeiMemory dram0 whole
