boot v1
board unaligned
