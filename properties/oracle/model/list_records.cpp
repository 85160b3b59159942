// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A record of pages for itself: that it is one that an allocation, or a free range, can have.
#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/model/list_snapshot.h"

namespace hobnail::oracle {
namespace {

bool can_be_recorded(std::uint32_t type) {
  return type <= EfiConventionalMemory || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

}  // namespace

Verdict check_records(const RuleSet& rules, const HobListSnapshot& snapshot, std::size_t first) {
  for (std::size_t i = first; i < snapshot.own.size(); ++i) {
    const OwnHob& own = snapshot.own[i];
    const Hob& hob = snapshot.view.hobs[own.index];
    const auto record = snapshot.view.read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
    const auto& reserved = record.Reserved;
    if (std::any_of(std::begin(reserved), std::end(reserved), [](UINT8 b) { return b != 0; })) {
      if (Verdict verdict =
              report(rules, RuleId::HobChain,
                     fmt::format("the memory allocation HOB at PHIT + {:#x} has a Reserved that "
                                 "is not 0",
                                 hob.offset))) {
        return verdict;
      }
    }
    if (can_be_recorded(own.type)) continue;
    if (Verdict verdict =
            report(rules, RuleId::AllocationHob,
                   fmt::format("the memory allocation HOB at PHIT + {:#x} has type {}, of which "
                               "no pages can be allocated",
                               hob.offset, own.type))) {
      return verdict;
    }
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
