// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Faults: ways to break a target, or the consumer of its list, each with the rule that must
// report it. For oracle_props.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "properties/oracle/lockstep/lockstep.h"
#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

struct Fault {
  RuleId rule{};          // the one that must be reported first
  std::string_view what;  // the target is broken so that ...
  wrapped::Changes changes;
  std::string_view board = "heap-low";  // of kStory
  DxeConsumer* consumer = nullptr;  // the broken one; a sound one when it is the target that breaks
  bool ends_process = false;        // it runs in a child
  bool needs_sanitizer = false;     // only AddressSanitizer detects it
};

// How a fault runs: with its consumer, or a sound one.
[[nodiscard]] RunOptions options_for(const Fault& fault);

[[nodiscard]] std::span<const Fault> faults();
// Those of the consumer of the list.
[[nodiscard]] std::span<const Fault> dxe_faults();

// Those about SEC and the platform, on boards of which random programs are seldom.
[[nodiscard]] std::span<const Fault> sec_faults();

// Those of the migration and of the hand-off.
[[nodiscard]] std::span<const Fault> migration_faults();
// Those that terminate the process, or never return.
[[nodiscard]] std::span<const Fault> ending_faults();

// All of them.
[[nodiscard]] std::vector<Fault> all_faults();

// A short boot that meets every fault.
inline constexpr std::string_view kStory = R"(boot v1
board heap-low
GetHobList
p0 = AllocatePages BootServicesData 2
p1 = AllocatePages LoaderData 1
h0 = CreateHob GuidExtension 40
b0 = AllocatePool 40
SetBootMode 0x12
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
p4 = AllocatePages RuntimeServicesData 1
HandOff
ExitBootServices
)";

}  // namespace hobnail::oracle
