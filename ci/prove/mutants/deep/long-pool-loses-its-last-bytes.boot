boot v1
board roomy
AllocatePool 0x8001
