boot v1
board ppi-car-off
