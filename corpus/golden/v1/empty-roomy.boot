boot v1
board roomy
