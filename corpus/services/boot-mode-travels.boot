# The boot mode lives in the PHIT and migrates with it; no value is refused.
boot v1
board heap-low
GetBootMode
SetBootMode 0x11
GetBootMode
SetBootMode 0xFFFFFFFF
InstallPeiMemory dram0 whole
ReturnToDispatcher
GetBootMode
SetBootMode 0x0
GetBootMode -> null
GetHobList -> null
GetHobList
