// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the table and the range, without a core's help.
#include "properties/oracle/checks/bins.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "properties/oracle/checks/feasibility.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kEntriesMax = 17;  // each type once, and the end
// A record of the pages, one of padding, and one for what a core may want to keep.
constexpr std::uint64_t kSlots = 3;

struct Table {
  bool there = false;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> entries;  // type, bytes
  bool exact = false;  // every core gives each entry the same place
};

// As AllocatePages of PEI has it (2.4).
bool may_have_bin(std::uint32_t type) {
  return type <= EfiRuntimeServicesData || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

bool is_named(const HobListSnapshot& snapshot, const Hob& hob) {
  return hob.type == EFI_HOB_TYPE_GUID_EXTENSION && hob.length >= sizeof(EFI_HOB_GUID_TYPE) &&
         same_guid(snapshot.view.read<EFI_HOB_GUID_TYPE>(hob).Name,
                   EFI_MEMORY_TYPE_INFORMATION_GUID);
}

std::uint32_t number_at(const HobListSnapshot& snapshot, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | snapshot.bytes[offset + i];
  return value;
}

// Bins of types that no PEIM allocates, of broken granules, or given twice: cores place them in
// different ways. So they do where a table has no end.
void read_entries(const HobListSnapshot& snapshot, const Hob& hob, std::uint64_t granule,
                  Table& table) {
  for (std::size_t i = 0; i < kEntriesMax; ++i) {
    const std::size_t offset = hob.offset + sizeof(EFI_HOB_GUID_TYPE) + 8 * i;
    if (offset + 8 > hob.offset + std::size_t{hob.length}) return;
    const std::uint32_t type = number_at(snapshot, offset);
    table.exact = type == EfiMaxMemoryType;
    if (table.exact) return;
    const std::uint64_t bytes = std::uint64_t{number_at(snapshot, offset + 4)} * kPage;
    const auto same = [&](const auto& entry) { return entry.first == type; };
    if (std::any_of(table.entries.begin(), table.entries.end(), same)) return;
    if (type > EfiMaxMemoryType || bytes % granule != 0) return;
    if (bytes != 0 && !may_have_bin(type)) return;
    table.entries.emplace_back(type, bytes);
  }
}

// The first of the list.
Table table_of(const HobListSnapshot& snapshot, std::uint64_t granule) {
  const auto& hobs = snapshot.view.hobs;
  const auto hob = std::find_if(hobs.begin(), hobs.end(),
                                [&](const Hob& each) { return is_named(snapshot, each); });
  Table table;
  table.there = hob != hobs.end();
  if (table.there) read_entries(snapshot, *hob, granule, table);
  return table;
}

std::uint64_t total_bytes(const Table& table) {
  std::uint64_t total = 0;
  for (const auto& [type, bytes] : table.entries) total += bytes;
  return total;
}

// From the highest address of `home` down, in the order of the table.
void lay_out(const Table& table, std::uint64_t granule, BinLayout& layout) {
  std::uint64_t top = round_down(layout.home.end(), granule);
  const std::uint64_t end = top;
  for (const auto& [type, bytes] : table.entries) {
    if (bytes == 0) continue;
    top -= bytes;
    layout.bins.push_back({type, {top, bytes}});
  }
  layout.all = {top, end - top};
}

bool any_own_overlaps(const HobListSnapshot& snapshot, const Region& range) {
  return std::any_of(snapshot.own.begin(), snapshot.own.end(),
                     [&](const OwnHob& hob) { return hob.where.overlaps(range); });
}

// What the platform's range is to a core whose list is as it is.
BinLayout::Use use_of_platforms(const BootState& now, const Region& all) {
  using enum BinLayout::Use;
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  // What the core manages, which may be a part of what was installed.
  const Region managed =
      common(between(phit.EfiMemoryBottom, phit.EfiMemoryTop), now.model.installed);
  if (!managed.overlaps(all)) return Apart;
  const bool below_pages = phit.EfiFreeMemoryTop <= all.base;
  const bool within = managed.contains(all.base, all.size);
  return within && below_pages && !any_own_overlaps(now.snapshot, all) ? Certain : Unused;
}

// What no own HOB describes of `range`, lowest first; under `pi` without what was freed there: PI
// does not ask that freed pages are used again.
std::vector<Region> undescribed(const BootState& now, const Region& range) {
  std::vector<Region> inside;
  for (const OwnHob& hob : now.snapshot.own) {
    if (hob.where.overlaps(range)) inside.push_back(hob.where);
  }
  for (const Region& freed : now.model.freed) {
    if (!now.rules.strict() && freed.overlaps(range)) inside.push_back(freed);
  }
  std::sort(inside.begin(), inside.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  std::vector<Region> rest;
  std::uint64_t at = range.base;
  for (const Region& each : inside) {
    if (each.base > at) rest.push_back({at, each.base - at});
    at = std::max(at, each.end());
  }
  if (at < range.end()) rest.push_back({at, range.end() - at});
  return rest;
}

}  // namespace

BinLayout bins_at_migration(const BootState& now) {
  BinLayout layout;
  layout.home = now.snapshot.bin_home;
  layout.by_core = now.snapshot.bins_by_core;
  const bool one_home = layout.by_core || now.snapshot.bin_homes == 1;
  if (layout.home.size == 0 || !one_home) return layout;
  const std::uint64_t granule = now.model.granule;
  Table table = table_of(now.snapshot, granule);
  if (!table.there) return layout;
  const Region pages = pages_touched_by(layout.home);
  if (pages != layout.home) table.exact = false;  // cores round it in different ways
  const std::uint64_t total = total_bytes(table);
  const std::uint64_t top = round_down(layout.home.end(), granule);
  const bool fits = total != 0 && top > layout.home.base && total <= top - layout.home.base;
  if (table.exact && !fits) return layout;
  layout.all = pages;
  if (table.exact) lay_out(table, granule, layout);
  if (!now.board.readable(layout.all.base, layout.all.size)) {
    layout.bins.clear();
    if (layout.by_core) layout.all = {};
    return layout;  // of a platform: what a core makes of it is not its fault
  }
  layout.use = layout.by_core ? BinLayout::Use::Certain : use_of_platforms(now, layout.all);
  const Region gap{now.snapshot.phit.EfiFreeMemoryBottom, now.snapshot.gap()};
  const bool in_gap = gap.size != 0 && gap.overlaps(layout.all);
  if (layout.by_core || !table.exact || !in_gap) return layout;
  layout.all = {};  // the core's list may grow into it: it has no bins there
  layout.use = BinLayout::Use::Unused;
  return layout;
}

std::optional<std::uint64_t> bytes_for_bins(const BootState& now) {
  const Table table = table_of(now.snapshot, now.model.granule);
  if (!table.there) return 0;
  if (!table.exact) return std::nullopt;
  return total_bytes(table);
}

bool bins_in_use(const BootState& now) {
  const BinLayout& layout = now.model.bins;
  if (layout.use != BinLayout::Use::Apart) return layout.use == BinLayout::Use::Certain;
  // There are bins since the migration: pages that were freed before it were in none.
  const auto since = now.model.freed.begin() + static_cast<std::ptrdiff_t>(now.model.freed_before);
  return any_own_overlaps(now.snapshot, layout.all) ||
         std::any_of(since, now.model.freed.end(),
                     [&](const Region& range) { return range.overlaps(layout.all); });
}

std::string explain_bin_room(const BootState& now, std::uint32_t type, std::uint64_t pages,
                             std::uint64_t granularity) {
  const auto& bins = now.model.bins.bins;
  const auto bin = std::find_if(bins.begin(), bins.end(),
                                [&](const BinOfType& each) { return each.type == type; });
  if (bin == bins.end() || pages > bin->where.size / kPage || !bins_in_use(now)) return {};
  const Allowance allowance = allowance_of(now);
  if (hob_slots(now) < kSlots + allowance.records) return {};
  const std::uint64_t bytes = round_up(pages * kPage, granularity);
  for (const Region& run : undescribed(now, bin->where)) {
    if (!run_serves(run, bytes + allowance.padding, granularity)) continue;
    return fmt::format("the bin of their type {} has {} free pages in a row, {}", bin->where,
                       run.size / kPage, run);
  }
  if (!now.rules.strict()) return {};
  for (const OwnHob& hob : now.snapshot.own) {
    if (!hob.free() || !bin->where.contains(hob.where.base, hob.where.size)) continue;
    if (!run_serves(hob.where, bytes, granularity)) continue;
    return fmt::format("the bin of their type {} has the free HOB {}", bin->where, hob.where);
  }
  return {};
}

}  // namespace hobnail::oracle
