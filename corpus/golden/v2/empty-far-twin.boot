boot v1
board far-twin
