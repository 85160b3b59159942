# An UNUSED HOB is room for the record of an allocation, and for nothing else: pools and HOBs are
# appended or refused. In temporary RAM, and in permanent memory.
boot v1
board small-heap
h0 = CreateHob Unused 48
AllocatePool leave:0
CreateHob GuidExtension 48
AllocatePool 40
InstallPeiMemory dram1 whole
ReturnToDispatcher
h2 = CreateHob Unused 48
AllocatePool leave:16
CreateHob GuidExtension 48
AllocatePool 40
