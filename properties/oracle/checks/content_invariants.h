// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is in memory that is not the target's: blocks of PEIMs, SEC's data, the frames on the stack.
#pragma once

#include <cstdint>

#include "properties/oracle/model/boot_state.h"

namespace hobnail::oracle {

// CONTENTS, SEC-DATA and STACK-UNTOUCHED, every byte. `contents`: the rule that is reported where a
// block has changed; `largest`: bytes of the largest block that is compared.
[[nodiscard]] Verdict check_memory(const BootState& now, RuleId contents = RuleId::Contents,
                                   std::uint64_t largest = ~std::uint64_t{0});

// The byte at `address` of a block is not what it ought to be.
[[nodiscard]] Verdict report_change(const BootState& now, RuleId id, const Allocation& block,
                                    std::uint64_t address);

}  // namespace hobnail::oracle
