boot v1
board stack-outside
