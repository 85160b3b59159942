boot v1
board heap-low
repeat 300 {
  b0 = AllocatePool 8
}
