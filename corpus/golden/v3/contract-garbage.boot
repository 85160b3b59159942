boot v1
board small-memory
garbage 200
contract
