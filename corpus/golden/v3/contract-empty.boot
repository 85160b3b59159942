boot v1
board heap-low
contract
