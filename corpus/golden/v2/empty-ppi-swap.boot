boot v1
board ppi-swap
