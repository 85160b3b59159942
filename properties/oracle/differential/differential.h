// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Differential: one program, two targets, one after the other. The rules check each target by
// itself; this detects what no rule can: two answers of which at least one must be wrong.
//
//   DIFFERENT-STATUS    the answers differ where PI leaves no choice
//   DIFFERENT-LAYOUT    the same request met the same memory and got another place
//   DIFFERENT-CONTENTS  memory that a PEIM owns does not hold the same bytes, or its HOBs differ
//
// These are no rules of the table: one of the two targets is wrong, and it is unknown which.
//
// Differences of two correct targets are listed in one place, allowed_differences.cpp. After the
// first such difference the two boots have different states, and comparing ends: `stopped` is the
// reason.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail::oracle {

inline constexpr std::string_view kDifferentStatus = "DIFFERENT-STATUS";
inline constexpr std::string_view kDifferentLayout = "DIFFERENT-LAYOUT";
inline constexpr std::string_view kDifferentContents = "DIFFERENT-CONTENTS";

// What two targets have in common. Any two must agree in statuses and contents.
enum class Signature : std::uint8_t {
  Any,
  SamePolicy,  // both place pages alike: distances from the top of memory are compared, too
};

struct Comparison {
  // Of a rule under one of the targets, or one of the three above.
  std::optional<Finding> finding;
  std::string skipped;       // why nothing ran
  std::string stopped;       // why not all of the boot was compared; empty: it was
  std::size_t compared = 0;  // ops that were
  std::size_t ops_run = 0;   // calls of both boots together
};

// `options` count for both boots; its consumer too, its observer not at all. When one target wants
// only calls of the contract, both get only those.
[[nodiscard]] Comparison compare_targets(const Program& program, const hobnail_target& target,
                                         const hobnail_target& other, Signature signature,
                                         const RunOptions& options = {});

}  // namespace hobnail::oracle
