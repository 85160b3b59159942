boot v1
board ppi-plain
