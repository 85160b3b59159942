# A PHIT and an END HOB have 64 bytes: with 56, SEC is told that there is no PEI core.
boot v1
board too-tiny
p0 = AllocatePages BootServicesData 1
