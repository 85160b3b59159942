// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Allocations against each other and against memory. Sorted sweeps: there may be many HOBs.
#include "fuzz/hob_dump/check_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/rebuild/slots.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::HobView;
using oracle::MemoryHob;
using oracle::Region;

bool wraps(const Region& range) { return range.size != 0 && range.end() - 1 < range.base; }

std::string list_of(const std::vector<std::size_t>& indexes) {
  constexpr std::size_t kShown = 12;
  const std::size_t shown = std::min(indexes.size(), kShown);
  std::string text = fmt::format(
      "HOB{} {}", indexes.size() == 1 ? "" : "s",
      fmt::join(indexes.begin(), indexes.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < indexes.size()) text += fmt::format(" and {} more", indexes.size() - shown);
  return text;
}

bool is_sound(const MemoryHob& hob, const Say& say) {
  const Region range{hob.base, hob.length};
  if (range.size == 0) say(Severity::Finding, "ALLOC-EMPTY", hob.index, "an allocation of 0 bytes");
  if (range.base % kPageBytes != 0 || range.size % kPageBytes != 0) {
    say(Severity::Finding, "ALLOC-ALIGN", hob.index,
        fmt::format("{} is not made of whole pages", range_text(range.base, range.size)));
  }
  if (hob.type > 15 && hob.type < 0x70000000) {
    say(Severity::Finding, "ALLOC-TYPE", hob.index,
        fmt::format("memory type {:#x} is not assigned", hob.type));
  }
  if (range.base < kPageBytes && range.size != 0) {
    say(Severity::Note, "ALLOC-PAGE-ZERO", hob.index,
        fmt::format("{} holds page 0, whose address is NULL: DXE keeps it, and never allocates "
                    "page 0",
                    range_text(range.base, range.size)));
  }
  if (!wraps(range)) return range.size != 0;
  say(Severity::Finding, "ALLOC-WRAP", hob.index,
      fmt::format("base {:#x} and length {:#x} leave the address space", range.base, range.size));
  return false;
}

void check_overlaps(std::vector<MemoryHob> hobs, const Say& say) {
  std::sort(hobs.begin(), hobs.end(), [](const MemoryHob& a, const MemoryHob& b) {
    return a.base != b.base       ? a.base < b.base
           : a.length != b.length ? a.length > b.length
                                  : a.index < b.index;
  });
  const MemoryHob* far = nullptr;  // of those before, the one that reaches farthest
  for (const MemoryHob& hob : hobs) {
    const Region range{hob.base, hob.length};
    if (far != nullptr && Region{far->base, far->length}.overlaps(range)) {
      const bool same = far->base == hob.base && far->length == hob.length;
      say(same ? Severity::Note : Severity::Finding, same ? "ALLOC-TWICE" : "ALLOC-OVERLAP",
          hob.index,
          same ? fmt::format("describes the same range as HOB {} (as DxeIpl leaves it)", far->index)
               : fmt::format("{} overlaps HOB {}, {}", range_text(hob.base, hob.length), far->index,
                             range_text(far->base, far->length)));
    }
    if (far == nullptr || range.end() - 1 > Region{far->base, far->length}.end() - 1) far = &hob;
  }
}

// The HOB list and the gap above it belong to the core.
void check_gap(const HobView& view, const std::vector<MemoryHob>& hobs, const Say& say) {
  const auto phit = view.phit();
  const Region memory{phit.EfiMemoryBottom, phit.EfiMemoryTop - phit.EfiMemoryBottom};
  const std::uint64_t list = phit.EfiEndOfHobList - view.hobs.back().offset;
  if (phit.EfiFreeMemoryTop < list || phit.EfiMemoryTop < phit.EfiMemoryBottom) return;
  const Region core{list, phit.EfiFreeMemoryTop - list};
  std::vector<std::size_t> outside;
  for (const MemoryHob& hob : hobs) {
    const Region range{hob.base, hob.length};
    if (!memory.contains(range.base, range.size)) outside.push_back(hob.index);
    if (!range.overlaps(core)) continue;
    const bool all = range.contains(memory.base, memory.size);
    say(all ? Severity::Note : Severity::Finding, all ? "ALLOC-OVER-PEI" : "ALLOC-OVER-LIST",
        hob.index,
        fmt::format("{} covers {}", range_text(hob.base, hob.length),
                    all ? "all memory of the PHIT (temporary RAM, reserved by the platform)"
                        : "HOB list or free memory of the PHIT"));
  }
  if (outside.empty()) return;
  say(Severity::Note, "ALLOC-OUTSIDE", outside.front(),
      fmt::format("{} allocation{} not in the PHIT's memory: {}", outside.size(),
                  outside.size() == 1 ? " is" : "s are", list_of(outside)));
}

void check_covered(const HobView& view, const std::vector<MemoryHob>& hobs, const Say& say) {
  std::vector<Region> memory;
  for (const ResourceHob& res : resources_of(view)) {
    const bool is_memory = res.type == pei::EFI_RESOURCE_SYSTEM_MEMORY && res.range.size != 0;
    if (is_memory && !res.wraps()) memory.push_back(res.range);
  }
  if (memory.empty()) return;  // not described yet
  std::sort(memory.begin(), memory.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  std::uint64_t last = 0;  // the highest byte of those so far, each of which begins lower
  for (Region& range : memory) {
    last = std::max(last, range.end() - 1);
    range.size = last - range.base + 1;
  }
  std::vector<std::size_t> uncovered;
  for (const MemoryHob& hob : hobs) {
    const auto after =
        std::upper_bound(memory.begin(), memory.end(), hob.base,
                         [](std::uint64_t base, const Region& range) { return base < range.base; });
    const bool covered =
        after != memory.begin() && std::prev(after)->end() - 1 >= hob.base + (hob.length - 1);
    if (!covered) uncovered.push_back(hob.index);
  }
  if (uncovered.empty()) return;
  say(Severity::Note, "ALLOC-NO-RESOURCE", uncovered.front(),
      fmt::format("{} allocation{} in no system memory descriptor: {}", uncovered.size(),
                  uncovered.size() == 1 ? " lies" : "s lie", list_of(uncovered)));
}

}  // namespace

void check_allocations(const HobView& view, const Say& say) {
  std::vector<MemoryHob> sound;
  for (const MemoryHob& hob : view.memory_hobs()) {
    if (is_sound(hob, say)) sound.push_back(hob);
  }
  check_gap(view, sound, say);
  check_covered(view, sound, say);
  check_overlaps(std::move(sound), say);
}

}  // namespace hobnail
