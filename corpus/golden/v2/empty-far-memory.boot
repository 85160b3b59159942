boot v1
board far-memory
