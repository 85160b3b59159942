// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Differential: one program, two targets, one after the other. The rules judge each by itself; this
// looks for what no rule can say, that two cores which may both be right are not right together.
//
//   DIFFERENT-STATUS    the answers differ where PI leaves no choice
//   DIFFERENT-LAYOUT    the same request met the same memory and got another place
//   DIFFERENT-CONTENTS  memory that a PEIM owns does not hold the same bytes, or its HOBs differ
//
// These are no rules of the table: none of the two targets is accused, one of them must be wrong.
//
// What two correct targets may do differently is listed in one place, differential_allowed.cpp.
// From the first such difference on the two boots have another state, and nothing is compared any
// more: `stopped` says why.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "properties/oracle/lockstep/lockstep.h"

namespace pei::oracle {

inline constexpr std::string_view kDifferentStatus = "DIFFERENT-STATUS";
inline constexpr std::string_view kDifferentLayout = "DIFFERENT-LAYOUT";
inline constexpr std::string_view kDifferentContents = "DIFFERENT-CONTENTS";

// What two targets have in common. Any two must agree in statuses and contents.
enum class Likeness : std::uint8_t {
  Any,
  SamePolicy,  // both place pages alike: distances from the top of memory are compared, too
};

struct Comparison {
  // Of a rule under one of the targets, or one of the three above.
  std::optional<Finding> finding;
  std::string skipped;       // why nothing was played
  std::string stopped;       // why not all of the boot was compared; empty: it was
  std::size_t compared = 0;  // ops that were
  std::size_t ops_run = 0;   // calls of both boots together
};

// `options` count for both boots; its consumer too, its witness not at all. When one target wants
// only what the contract allows, so are both played.
[[nodiscard]] Comparison compare_targets(const Program& program, const hobnail_target& target,
                                         const hobnail_target& other, Likeness likeness,
                                         const RunOptions& options = {});

}  // namespace pei::oracle
