boot v1
board hole-stack-low
