// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The arithmetic of "it must have fitted".
#include "properties/oracle/checks/feasibility.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/checks/resolve.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kHob = sizeof(EFI_HOB_MEMORY_ALLOCATION);
// The window: what an implementation may want to keep for the stack of permanent memory, and twice
// for all that lies in temporary RAM.
constexpr std::uint64_t kStackReserve = 0x20000;

// The gap alone, its own HOBs included: one for the pages, one for the padding above them.
bool fits_in_gap(const BootState& now, std::uint64_t request, std::uint64_t granularity) {
  const Region gap = page_gap(now);
  const Allowance allowance = allowance_of(now);
  const std::uint64_t bytes = request + allowance.padding;
  std::uint64_t bottom = gap.base;
  if (now.model.phase == Phase::Window) {
    const BoardProfile& profile = now.board.profile();
    bottom += std::max(kStackReserve, profile.stack.size) + 2 * profile.temporary_ram.size;
    bottom += now.model.granule - kPage;  // what is there moves by whole granules
    if (now.snapshot.gap() < (4 + allowance.records) * kHob) return false;
  }
  const std::uint64_t top = round_down(gap.end(), granularity);
  const std::uint64_t padded = top == gap.end() ? 0 : 1;
  const std::uint64_t hobs = (1 + padded + allowance.records) * kHob;
  const std::uint64_t cost = now.model.phase == Phase::Window ? 0 : hobs;
  return top > bottom && top - bottom >= bytes && top - bottom - bytes >= cost;
}

// The free HOBs in the memory that this phase allocates from, by address.
std::vector<Region> free_ranges(const BootState& now) {
  std::vector<Region> free;
  for (const OwnHob& hob : now.snapshot.own) {
    if (!hob.free()) continue;
    const bool served = now.model.phase != Phase::Window ||
                        now.model.installed.contains(hob.where.base, hob.where.size);
    // What is free inside a bin is for its type alone.
    if (served && !now.model.bins.all.overlaps(hob.where)) free.push_back(hob.where);
  }
  std::sort(free.begin(), free.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  return free;
}

// Free HOBs that touch: a core makes one HOB of them, at once or when nothing else fits, and has
// the others as slots then.
struct Run {
  Region where;
  std::uint64_t hobs = 0;
};

std::vector<Run> free_runs(const std::vector<Region>& ranges) {
  std::vector<Run> runs;
  for (const Region& range : ranges) {
    if (runs.empty() || runs.back().where.end() != range.base) runs.push_back({{range.base, 0}, 0});
    runs.back().where.size += range.size;
    ++runs.back().hobs;
  }
  return runs;
}

// A free run serves the request: an exact one without any new HOB, a longer one with up to two.
bool fits_in_free(const BootState& now, std::uint64_t bytes, std::uint64_t granularity) {
  const auto exact = [&](const Region& range) {
    return range.size == bytes && range.base % granularity == 0;
  };
  const std::vector<Region> ranges = free_ranges(now);
  if (std::any_of(ranges.begin(), ranges.end(), exact)) return true;
  const std::uint64_t slots = hob_slots(now);
  const std::vector<Run> runs = free_runs(ranges);
  return std::any_of(runs.begin(), runs.end(), [&](const Run& run) {
    if (exact(run.where)) return true;
    // In the window the new stack's HOB may want a slot more than there is.
    const std::uint64_t retired = now.model.phase == Phase::Window ? 0 : run.hobs - 1;
    return slots + retired >= 2 && run_serves(run.where, bytes, granularity);
  });
}

}  // namespace

bool run_serves(const Region& run, std::uint64_t bytes, std::uint64_t granularity) {
  if (run.size < bytes) return false;
  return round_down(run.end() - bytes, granularity) >= run.base;
}

std::uint64_t Allowance::hob_bytes() const { return records * kHob + rounding; }

Allowance allowance_of(const BootState& now) {
  if (now.rules.strict()) return {};
  constexpr std::uint64_t kRecords = 2;
  constexpr std::uint64_t kRounding = 64;
  const std::uint64_t granule = now.model.granule;
  return {kRecords, kRounding, granule > kPage ? 2 * granule : 0};
}

bool list_may_grow(const BootState& now) {
  if (now.model.phase != Phase::Window) return true;
  const std::uint64_t generous = needed_memory(now) + 2 * now.board.profile().temporary_ram.size +
                                 kStackReserve + now.model.granule - kPage;
  return generous <= page_gap(now).size;
}

std::uint64_t recycled_slots(const BootState& now) {
  return now.rules.strict() ? now.snapshot.unused_slots : 0;
}

std::uint64_t hob_slots(const BootState& now) {
  const std::uint64_t appended = list_may_grow(now) ? now.snapshot.gap() / kHob : 0;
  const std::uint64_t slots = recycled_slots(now) + appended;
  const std::uint64_t kept = now.model.phase == Phase::Window ? 1 : 0;
  return slots > kept ? slots - kept : 0;
}

std::string explain_fit(const BootState& now, std::uint64_t pages, std::uint64_t granularity) {
  if (pages > (std::uint64_t{1} << 40)) return {};
  const std::uint64_t bytes = round_up(pages * kPage, granularity);
  if (fits_in_gap(now, bytes, granularity)) {
    const Region gap = page_gap(now);
    return fmt::format("the gap {} has room for them and their HOB", gap);
  }
  // PI does not ask that freed pages are used again.
  if (now.rules.strict() && fits_in_free(now, bytes, granularity))
    return "a free HOB of that size is in the list";
  return {};
}

}  // namespace hobnail::oracle
