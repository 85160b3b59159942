boot v1
board ovmf-q35
