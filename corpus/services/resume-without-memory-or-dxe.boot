# An S3 resume goes to the operating system, not to DXE, and needs no memory installed for it.
boot v1
board s3
SetBootMode S3Resume
HandOff
