boot v1
board at-4gib
