boot v1
board tiny
