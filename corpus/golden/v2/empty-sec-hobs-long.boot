boot v1
board sec-hobs-long
