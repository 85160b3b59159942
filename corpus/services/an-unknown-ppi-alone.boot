# SEC's list has one PPI, which no core knows (garbage 3). That is no reason to decline the boot.
boot v1
board heap-low
garbage 3
GetHobList
