// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is in memory that is not the target's: blocks of PEIMs, SEC's data, the frames on the stack.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "properties/oracle/same_bytes.h"
#include "properties/oracle/truths.h"

namespace pei::oracle {
namespace {

constexpr std::uint64_t kPage = 0x1000;

std::string range_text(const Region& range) {
  return fmt::format("[{:#x}, {:#x})", range.base, range.base + range.size);
}

Verdict changed_contents(const Moment& now, std::string_view id, const Allocation& block,
                         std::uint64_t address) {
  constexpr std::array<std::string_view, 4> kNames{"", "p", "b", "h"};
  return Violation{
      id, fmt::format("{}{} {}: the byte at {:#x} is {:#04x}; its owner wrote something else",
                      kNames[static_cast<std::size_t>(block.kind)], block.handle,
                      range_text(block.where), address, *now.board.at(address))};
}

Verdict check_frames(const Moment& now, std::uint64_t step) {
  if (now.board.temporary_ram_is_dead() || now.model.stage == Stage::Os) return std::nullopt;
  const Region frames = peim_frames(now.board.profile());
  for (std::uint64_t at = frames.base; at < frames.end(); at += step) {
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(64, frames.end() - at));
    if (same_bytes(now.board.at(at), now.board.mirror(at), bytes)) continue;
    return Violation{
        rule::kStackUntouched,
        fmt::format("the PEIM's stack frames {} were written near {:#x}", range_text(frames), at)};
  }
  return std::nullopt;
}

// The holes, or where they were copied to. A core that leaves the copying to the platform need not
// keep what the platform put into its free memory.
Verdict check_sec_data(const Moment& now, std::uint64_t step) {
  const bool moved = now.model.migrated;
  if ((moved && now.model.sec_data == 0) || now.model.stage == Stage::Os) return std::nullopt;
  std::uint64_t copied = 0;
  for (const Region& hole : now.board.sec_data()) {
    const std::uint64_t base = moved ? now.model.sec_data + copied : hole.base;
    copied += hole.size;
    for (std::uint64_t at = 0; at < hole.size; at += step) {
      const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(64, hole.size - at));
      if (same_bytes(now.board.at(base + at), now.board.mirror(hole.base + at), bytes)) continue;
      return Violation{rule::kSecData, fmt::format("SEC's data of {} differs near {:#x}",
                                                   range_text(hole), base + at)};
    }
  }
  return std::nullopt;
}

}  // namespace

Verdict check_memory(const Moment& now) {
  for (const Allocation& block : now.model.live) {
    const auto change = first_change_at_ends(now.board, block.where.base, block.known);
    if (!change) continue;
    if (Verdict verdict = changed_contents(now, rule::kContents, block, *change)) return verdict;
  }
  if (Verdict verdict = check_sec_data(now, kPage)) return verdict;
  return check_frames(now, kPage);
}

Verdict check_memory_thoroughly(const Moment& now, std::string_view contents) {
  for (const Allocation& block : now.model.live) {
    const auto change = first_change(now.board, block.where.base, block.known);
    if (!change) continue;
    if (Verdict verdict = changed_contents(now, contents, block, *change)) return verdict;
  }
  if (Verdict verdict = check_sec_data(now, 64)) return verdict;
  return check_frames(now, 64);
}

}  // namespace pei::oracle
