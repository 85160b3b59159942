boot v1
board ppi-hole
