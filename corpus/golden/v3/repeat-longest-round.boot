boot v1
board roomy
repeat 300 {
  GetHobList
  GetBootMode
  GetBootMode
  GetHobList
  GetHobList
  GetHobList
  GetBootMode
  GetHobList
  GetBootMode
  GetBootMode
  GetBootMode
  GetHobList
  GetBootMode
  GetHobList
  GetHobList
  SetBootMode 0x20
}
