// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Sets of pages, as sorted disjoint regions.
#include "properties/oracle/checks/list_meaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace hobnail::oracle {
namespace {

using Regions = std::vector<Region>;

bool is_below(const Region& a, const Region& b) { return a.base < b.base; }

// Sorted and joined where they touch; then cut to whole pages.
Regions pages_of(Regions regions) {
  std::sort(regions.begin(), regions.end(), is_below);
  Regions joined;
  for (const Region& region : regions) {
    if (region.size == 0) continue;
    if (joined.empty() || joined.back().end() < region.base) {
      joined.push_back(region);
    } else {
      joined.back().size = std::max(joined.back().end(), region.end()) - joined.back().base;
    }
  }
  Regions pages;
  for (const Region& region : joined) {
    const std::uint64_t from = page_up(region.base);
    const std::uint64_t to = round_down(region.end(), kPage);
    if (from < to) pages.push_back({from, to - from});
  }
  return pages;
}

// What of `whole` no record describes as live.
void add_rest(const Region& whole, const HobListSnapshot& list, Regions& free) {
  Regions live;
  for (const OwnHob& hob : list.own) {
    if (!hob.free() && whole.contains(hob.where.base)) live.push_back(hob.where);
  }
  std::sort(live.begin(), live.end(), is_below);
  std::uint64_t at = whole.base;
  for (const Region& region : live) {
    if (region.base > at) free.push_back({at, region.base - at});
    at = std::max(at, region.end());
  }
  if (at < whole.end()) free.push_back({at, whole.end() - at});
}

Regions free_pages(const Model& model, const HobListSnapshot& list) {
  Regions free{{list.phit.EfiFreeMemoryBottom, list.gap()}};
  for (const OwnHob& hob : list.own) {
    if (hob.free()) free.push_back(hob.where);
  }
  // Of bins, and of the installed memory in the window, the list describes what is live alone.
  if (model.phase == Phase::Window) add_rest(model.installed, list, free);
  add_rest(list.bins, list, free);
  return pages_of(std::move(free));
}

std::vector<OwnHob> live_records(const HobListSnapshot& list) {
  std::vector<OwnHob> live;
  std::copy_if(list.own.begin(), list.own.end(), std::back_inserter(live),
               [](const OwnHob& hob) { return !hob.free() && hob.where.size != 0; });
  std::sort(live.begin(), live.end(),
            [](const OwnHob& a, const OwnHob& b) { return is_below(a.where, b.where); });
  return live;
}

bool same_pages(const OwnHob& a, const OwnHob& b) { return a.where == b.where && a.type == b.type; }

// The first page of `pages` that `others` lacks; 0 when there is none, which is no page's address.
std::uint64_t first_lost(const Regions& pages, const Regions& others) {
  for (const Region& region : pages) {
    std::uint64_t at = region.base;
    for (const Region& other : others) {
      if (other.contains(at)) at = other.end();
    }
    if (at < region.end()) return at;
  }
  return 0;
}

std::string change_of_free_pages(const Model& model, const HobListSnapshot& before,
                                 const HobListSnapshot& after) {
  const Regions old_pages = free_pages(model, before);
  Regions new_pages = free_pages(model, after);
  if (const std::uint64_t page = first_lost(new_pages, old_pages); page != 0) {
    return fmt::format("page {:#x} is free now", page);
  }
  // A record more costs bytes at the end of the list, and with them a page at times.
  if (after.list_end() > before.list_end()) {
    new_pages.push_back(
        pages_touched_by({before.list_end(), after.list_end() - before.list_end()}));
    std::sort(new_pages.begin(), new_pages.end(), is_below);
  }
  if (const std::uint64_t page = first_lost(old_pages, new_pages); page != 0) {
    return fmt::format("page {:#x} is not free any more", page);
  }
  return {};
}

std::string change_of_live_pages(const HobListSnapshot& before, const HobListSnapshot& after) {
  const std::vector<OwnHob> old_live = live_records(before);
  const std::vector<OwnHob> new_live = live_records(after);
  if (std::equal(old_live.begin(), old_live.end(), new_live.begin(), new_live.end(), same_pages)) {
    return {};
  }
  return fmt::format("the records of live pages were {}, and are {}, or others", old_live.size(),
                     new_live.size());
}

// Records of pages aside.
std::string new_hob(const HobListSnapshot& before, const HobListSnapshot& after) {
  for (std::size_t i = before.view.hobs.size() - 1; i + 1 < after.view.hobs.size(); ++i) {
    const Hob& hob = after.view.hobs[i];
    if (hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION || hob.type == EFI_HOB_TYPE_UNUSED) continue;
    return fmt::format("a HOB of type {:#06x} is new at PHIT + {:#x}", hob.type, hob.offset);
  }
  return {};
}

}  // namespace

std::string change_of_meaning(const Model& model, const HobListSnapshot& before,
                              const HobListSnapshot& after) {
  if (before.phit.BootMode != after.phit.BootMode) return "the boot mode is another one";
  std::string change = new_hob(before, after);
  if (change.empty()) change = change_of_live_pages(before, after);
  if (change.empty()) change = change_of_free_pages(model, before, after);
  return change;
}

}  // namespace hobnail::oracle
