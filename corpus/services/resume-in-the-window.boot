# The boot mode is asked and told while the window is open; a resume does not pass the migration by.
boot v1
board s3
InstallPeiMemory dram0 whole
SetBootMode S3Resume
GetBootMode
SetBootMode S3Resume
HandOff
ExitBootServices
ReturnToDispatcher
GetBootMode
SetBootMode S3Resume
HandOff
