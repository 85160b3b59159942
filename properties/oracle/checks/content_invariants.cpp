// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is in memory that is not the target's: blocks of PEIMs, SEC's data, the frames on the stack.
#include "properties/oracle/checks/content_invariants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "properties/oracle/checks/heap_invariants.h"

namespace hobnail::oracle {
namespace {

Verdict check_frames(const BootState& now) {
  if (now.board.temporary_ram_is_dead() || now.model.stage == Stage::Os) return std::nullopt;
  const Region frames = peim_frames(now.board.profile());
  const auto change = first_difference(now.board, frames.base, frames.base, frames.size);
  if (!change) return std::nullopt;
  return report(now, RuleId::StackUntouched,
                fmt::format("the PEIM's stack frames {} were written at {:#x}", frames, *change));
}

// The holes, or where they were copied to. A core that leaves the copying to the platform need not
// keep what the platform put into its free memory.
Verdict check_sec_data(const BootState& now) {
  const bool moved = now.model.migrated;
  if ((moved && now.model.sec_data == 0) || now.model.stage == Stage::Os) return std::nullopt;
  std::uint64_t copied = 0;
  for (const Region& hole : now.board.sec_data()) {
    const std::uint64_t base = moved ? now.model.sec_data + copied : hole.base;
    copied += hole.size;
    const auto change = first_difference(now.board, base, hole.base, hole.size);
    if (!change) continue;
    return report(now, RuleId::SecData,
                  fmt::format("SEC's data of {} differs at {:#x}", hole, *change));
  }
  return std::nullopt;
}

}  // namespace

Verdict report_change(const BootState& now, RuleId id, const Allocation& block,
                      std::uint64_t address) {
  constexpr std::array<std::string_view, 4> kNames{"", "p", "b", "h"};
  return report(now, id,
                fmt::format("{}{} {}: the byte at {:#x} is {:#04x}; its owner wrote another value",
                            kNames[static_cast<std::size_t>(block.kind)], block.handle, block.where,
                            address, *now.board.at(address)));
}

Verdict check_memory(const BootState& now, RuleId contents, std::uint64_t largest) {
  if (!now.checked) return std::nullopt;
  for (const Allocation& block : now.model.live) {
    if (block.where.size > largest) continue;
    const auto change = first_change(now.board, block.where.base, block.known);
    if (!change) continue;
    if (Verdict verdict = report_change(now, contents, block, *change)) return verdict;
  }
  if (Verdict verdict = check_sec_data(now)) return verdict;
  return check_frames(now);
}

}  // namespace hobnail::oracle
