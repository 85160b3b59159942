// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The story of PEI: reset, pools, the migration.
#include "properties/oracle/narration/narrate_pei.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

namespace hobnail::oracle {
namespace {

constexpr std::size_t kNamedAtMost = 4;

// +0x1000, -0x1000.
std::string distance_text(std::uint64_t distance) {
  const bool negative = distance >> 63 != 0;
  return fmt::format("{}{:#x}", negative ? '-' : '+', negative ? 0 - distance : distance);
}

// Some of a long list of things, and how many more there are.
class Enumeration {
 public:
  void add(const std::string& thing) {
    if (++count_ > kNamedAtMost) return;
    if (!text_.empty()) text_ += ", ";
    text_ += thing;
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::string text() const {
    if (count_ <= kNamedAtMost) return text_;
    return fmt::format("{} and {} more", text_, count_ - kNamedAtMost);
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

// Where the record of these pages said that they were before the migration.
std::uint64_t base_before(const Boot& boot, const Region& now) {
  for (const OwnHob& hob : boot.snapshot.own) {
    if (hob.where.base != now.base || hob.index >= boot.previous.view.hobs.size()) continue;
    const Hob& before = boot.previous.view.hobs[hob.index];
    if (before.type != EFI_HOB_TYPE_MEMORY_ALLOCATION) continue;
    return boot.previous.view.memory(hob.index).base;
  }
  return now.base;
}

void narrate_stack(Boot& boot) {
  const auto stack = std::find_if(boot.snapshot.own.begin(), boot.snapshot.own.end(),
                                  [](const OwnHob& hob) { return hob.stack; });
  if (stack == boot.snapshot.own.end()) return;
  const Region& old = boot.board.profile().stack;
  const std::uint64_t image = stack->where.end() - old.size;
  const std::uint64_t frames = std::min<std::uint64_t>(old.size, 64);
  const bool there = boot.board.readable(image, frames) &&
                     std::memcmp(boot.board.at(image), boot.board.shadow(old.base),
                                 static_cast<std::size_t>(frames)) == 0;
  if (!there) {
    boot.narrate("the new stack is {}; the frames of the old one, {}, are not at its top",
                 stack->where, old);
    return;
  }
  boot.narrate("the stack {} moves by {}, to the top of the new stack {}", old,
               distance_text(stack->where.end() - old.end()), stack->where);
}

void narrate_list(Boot& boot) {
  const std::uint64_t distance = boot.snapshot.base - boot.previous.base;
  Enumeration pools;
  for (const Allocation& block : boot.model.live) {
    if (block.kind != Result::Pool) continue;
    pools.add(fmt::format("b{} {:#x} -> {:#x}", block.handle, block.where.base - distance,
                          block.where.base));
  }
  boot.narrate("the HOB list {} moves by {}, unchanged, to {:#x}", boot.previous.list(),
               distance_text(distance), boot.snapshot.base);
  if (!pools.empty()) boot.narrate("its pools move with it: {}", pools.text());
}

void narrate_pages(Boot& boot) {
  Enumeration moved;
  Enumeration stayed;
  std::vector<std::uint64_t> distances;
  for (const Allocation& block : boot.model.live) {
    if (block.kind != Result::Pages) continue;
    const std::uint64_t before = base_before(boot, block.where);
    if (before == block.where.base) {
      stayed.add(fmt::format("p{} {:#x}", block.handle, before));
    } else {
      distances.push_back(block.where.base - before);
      moved.add(fmt::format("p{} {:#x} -> {:#x}", block.handle, before, block.where.base));
    }
  }
  const bool together = std::adjacent_find(distances.begin(), distances.end(),
                                           std::not_equal_to<>()) == distances.end();
  if (!moved.empty()) {
    boot.narrate("pages move{}, and their HOBs are updated: {}",
                 together ? " by " + distance_text(distances.front()) : "", moved.text());
  }
  if (!stayed.empty()) boot.narrate("pages of the window stay: {}", stayed.text());
}

}  // namespace

void narrate_reset(Boot& boot) {
  const BoardProfile& profile = boot.board.profile();
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = boot.snapshot.phit;
  std::vector<std::string>& lines = boot.outcome.reset;
  lines.push_back(
      fmt::format("SEC passes temporary RAM: heap {}, stack {}", profile.heap, profile.stack));
  lines.push_back(fmt::format("the PEI core creates the HOB list in the heap: PHIT at {:#x}",
                              boot.snapshot.base));
  lines.push_back(fmt::format(
      "free gap [{:#x}, {:#x}): HOBs and pools grow from the bottom, pages from the top",
      phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop));
}

void narrate_pool(Boot& boot) {
  if (boot.pools_explained) return;
  boot.pools_explained = true;
  boot.narrate(
      "a pool buffer is the body of a HOB: there is no free call, it moves with the list,");
  boot.narrate("and stays in the list until DXE has copied it");
}

void narrate_migration(Boot& boot) {
  narrate_stack(boot);
  narrate_list(boot);
  narrate_pages(boot);
  boot.narrate("temporary RAM {} no longer exists; PEIMs get the new PeiServices",
               boot.board.profile().temporary_ram);
}

}  // namespace hobnail::oracle
