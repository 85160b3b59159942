boot v1
board hole-heap-low
