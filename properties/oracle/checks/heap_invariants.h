// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Truths: what must hold at any moment, whatever was called. They read the raw HOB list and the
// auditor's book; they use no helper of any core.
//
//   EfiMemoryBottom                                                              EfiMemoryTop
//        [PHIT][HOB]...[END] EfiFreeMemoryBottom   gap   EfiFreeMemoryTop [pages tile this]
#pragma once

#include <string>
#include <utility>

#include "properties/oracle/board/board.h"
#include "properties/oracle/model/list_snapshot.h"
#include "properties/oracle/model/model.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {

struct BootState {
  const Board& board;
  const Model& model;
  const HobListSnapshot& snapshot;
  const RuleSet& rules = kAllRules;
  bool checked = true;  // otherwise no invariant is checked: RunOptions::truths
};

[[nodiscard]] inline Verdict report(const BootState& now, RuleId rule, std::string evidence) {
  return report(now.rules, rule, std::move(evidence));
}

// HOB-CHAIN, PHIT-FIELDS, HEAP-BOUNDS, HOB-OVERLAP, ALLOCATION-HOB, CONSERVATION: needed again only
// when the list has changed.
[[nodiscard]] Verdict check_list(const BootState& now);

// CONTENTS, SEC-DATA and STACK-UNTOUCHED, every byte. `contents`: the rule that is said to be
// broken where a block has changed.
[[nodiscard]] Verdict check_memory(const BootState& now, RuleId contents = RuleId::Contents);

// The byte at `address` of a block is not what it ought to be.
[[nodiscard]] Verdict report_change(const BootState& now, RuleId id, const Allocation& block,
                                    std::uint64_t address);

// HOB-APPEND between two looks in one phase.
[[nodiscard]] Verdict check_append(const RuleSet& rules, const Model& model,
                                   const HobListSnapshot& before, const HobListSnapshot& after);

// True when all of `where` is memory that PEI may hand out pages of in this phase: the heap, in the
// window the installed memory too, and after the migration that alone.
[[nodiscard]] bool in_managed_memory(const BootState& now, const Region& where);

// The part of SEC's stack that belongs to the frames of PEIMs: all but the top quarter, where the
// PEI core itself lives.
[[nodiscard]] Region peim_frames(const BoardProfile& profile);

}  // namespace hobnail::oracle
