boot v1
board heap-low
repeat 8 {
  GetHobList
}
GetBootMode
