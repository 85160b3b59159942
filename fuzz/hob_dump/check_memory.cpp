// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Memory against memory. Sorted sweeps: the number of HOBs may be large.
#include "fuzz/hob_dump/check_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/rebuild/slots.h"
#include "properties/oracle/board/board_profile.h"

namespace hobnail {
namespace {

using pei::oracle::HobView;
using pei::oracle::MemoryHob;
using pei::oracle::Region;

struct Resource {
  std::size_t index;
  std::uint32_t type;
  Region range;
};

bool is_io(std::uint32_t type) {
  return type == pei::EFI_RESOURCE_IO || type == pei::EFI_RESOURCE_IO_RESERVED;
}

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

std::vector<Resource> resources_of(const HobView& view) {
  std::vector<Resource> found;
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    if (view.hobs[i].type != pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    const auto res = view.read<pei::EFI_HOB_RESOURCE_DESCRIPTOR>(view.hobs[i]);
    found.push_back({i, res.ResourceType, {res.PhysicalStart, res.ResourceLength}});
  }
  return found;
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
  for (const Resource& res : resources_of(view)) {
    if (res.type == pei::EFI_RESOURCE_SYSTEM_MEMORY && !wraps(res.range)) {
      memory.push_back(res.range);
    }
  }
  if (memory.empty()) return;  // not described yet
  std::sort(memory.begin(), memory.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  std::vector<std::size_t> uncovered;
  for (const MemoryHob& hob : hobs) {
    const auto after =
        std::upper_bound(memory.begin(), memory.end(), hob.base,
                         [](std::uint64_t base, const Region& range) { return base < range.base; });
    const bool covered =
        after != memory.begin() && std::prev(after)->contains(hob.base, hob.length);
    if (!covered) uncovered.push_back(hob.index);
  }
  if (uncovered.empty()) return;
  say(Severity::Note, "ALLOC-NO-RESOURCE", uncovered.front(),
      fmt::format("{} allocation{} in no system memory descriptor: {}", uncovered.size(),
                  uncovered.size() == 1 ? " lies" : "s lie", list_of(uncovered)));
}

void check_resource(const Resource& res, const Say& say) {
  if (res.range.size == 0) {
    say(Severity::Finding, "RES-EMPTY", res.index, "a resource of 0 bytes");
  } else if (wraps(res.range)) {
    say(Severity::Finding, "RES-WRAP", res.index, "the resource leaves the address space");
  } else if (!is_io(res.type) &&
             (res.range.base % kPageBytes != 0 || res.range.size % kPageBytes != 0)) {
    say(Severity::Note, "RES-ALIGN", res.index,
        fmt::format("{} is not made of whole pages", range_text(res.range.base, res.range.size)));
  }
  if (res.type > pei::EFI_RESOURCE_MEMORY_UNACCEPTED) {
    say(Severity::Finding, "RES-TYPE", res.index,
        fmt::format("resource type {:#x} is not assigned", res.type));
  }
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

void check_resources(const HobView& view, const Say& say) {
  std::vector<Resource> sound;
  for (const Resource& res : resources_of(view)) {
    check_resource(res, say);
    if (res.range.size != 0 && !wraps(res.range)) sound.push_back(res);
  }
  std::sort(sound.begin(), sound.end(), [](const Resource& a, const Resource& b) {
    return is_io(a.type) != is_io(b.type) ? is_io(b.type) : a.range.base < b.range.base;
  });
  for (std::size_t i = 1; i < sound.size(); ++i) {
    if (is_io(sound[i].type) != is_io(sound[i - 1].type)) continue;
    const Region& before = sound[i - 1].range;
    if (before.end() - 1 < sound[i].range.base) continue;
    say(Severity::Finding, "RES-OVERLAP", sound[i].index,
        fmt::format("{} overlaps HOB {}, {}", range_text(sound[i].range.base, sound[i].range.size),
                    sound[i - 1].index, range_text(before.base, before.size)));
  }
}

}  // namespace hobnail
