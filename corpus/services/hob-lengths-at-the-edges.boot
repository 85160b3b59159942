# HobLength is 16 bits wide and rounded up to 8: the lengths where that goes wrong.
boot v1
board roomy
h0 = CreateHob GuidExtension 0
h1 = CreateHob GuidExtension 7
h2 = CreateHob GuidExtension 8
h3 = CreateHob GuidExtension 0xFFF8
h4 = CreateHob GuidExtension 0xFFF9
h5 = CreateHob GuidExtension 0xFFFF
h6 = CreateHob EndOfHobList 8
h7 = CreateHob Handoff 56
h8 = CreateHob GuidExtension 24 -> null
b0 = AllocatePool 0xFFF0
b1 = AllocatePool 0xFFF1
b2 = AllocatePool 0
b3 = AllocatePool 8 -> null
