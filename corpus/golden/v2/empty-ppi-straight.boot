boot v1
board ppi-straight
