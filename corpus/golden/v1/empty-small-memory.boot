boot v1
board small-memory
