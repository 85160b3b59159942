boot v1
board too-tiny
