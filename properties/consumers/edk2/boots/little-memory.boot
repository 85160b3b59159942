boot v1
board in-memory
HandOff
ExitBootServices
