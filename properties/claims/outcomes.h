// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What claims ask an outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// What properties ask for: a record of each op, and the final HOB list.
[[nodiscard]] constexpr RunOptions recorded(CallPolicy policy = CallPolicy::TargetDecides) {
  return {.policy = policy, .records = true, .capture_hobs = true};
}

// True when op `index` was called and its service answered an error; needs records.
[[nodiscard]] bool was_refused(const Outcome& outcome, std::size_t index);
// True when op `index` was called and answered success.
[[nodiscard]] bool was_granted(const Outcome& outcome, std::size_t index);
// True when a migration took place; needs records.
[[nodiscard]] bool has_migrated(const Outcome& outcome);
// The index of the return that migrates; the number of records when none does.
[[nodiscard]] std::size_t migration_in(const Outcome& outcome);

// Type and length of every HOB of the list as it stood at the end.
[[nodiscard]] std::vector<std::pair<std::uint16_t, std::uint16_t>> hob_shapes(
    const Outcome& outcome);

// How an op went, without addresses, and without the reason why it was not called.
using Answered = std::pair<Ending, std::uint64_t>;
[[nodiscard]] Answered answered(const OpRecord& record);
[[nodiscard]] std::vector<Answered> statuses(const Outcome& outcome);

// Every op of the program was due. Else the target ended the boot, as it may under arguments that
// PI forbids, or took a freedom after which nothing more can be judged.
[[nodiscard]] bool ran_to_its_end(const Program& program, const Outcome& outcome);
[[nodiscard]] bool same_list(const Outcome& a, const Outcome& b);

}  // namespace hobnail::oracle
