// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Faults: ways to break a target, each with the rule that must speak. For oracle_props.
#pragma once

#include <span>
#include <string_view>

#include "properties/arbitrary_target.h"

namespace pei::oracle {

struct Fault {
  std::string_view rule;  // the id that must be found first
  std::string_view what;  // the target is broken so that ...
  wrapped::Changes changes;
  std::string_view board = "heap-low";  // of kStory
};

[[nodiscard]] std::span<const Fault> faults();
// Those about SEC and the platform, on boards of which random programs are seldom.
[[nodiscard]] std::span<const Fault> sec_faults();

// A short boot that meets every fault.
inline constexpr std::string_view kStory = R"(boot v1
board heap-low
GetHobList
p0 = AllocatePages BootServicesData 2
p1 = AllocatePages LoaderData 1
h0 = CreateHob GuidExtension 40
b0 = AllocatePool 40
SetBootMode 0x11
GetBootMode
PeimWrite p0 64
CopyMem p0+8 p0 64
SetMem p0 32 0x5a
p2 = AllocatePages BootServicesData 0x4000
FreePages p1 1
GetHobList
InstallPeiMemory dram0 whole
ReturnToDispatcher
p3 = AllocatePages BootServicesData 1
)";

}  // namespace pei::oracle
