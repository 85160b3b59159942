// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What lies in memory without being allocated there, and what allocations cost.
#include "fuzz/hob_dump/check_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::Hob;
using oracle::HobView;
using oracle::kPage;
using oracle::MemoryHob;
using oracle::Region;

bool is_content(std::uint16_t type) {
  return type == pei::EFI_HOB_TYPE_FV || type == pei::EFI_HOB_TYPE_FV2 ||
         type == pei::EFI_HOB_TYPE_FV3 || type == pei::EFI_HOB_TYPE_UEFI_CAPSULE;
}

bool is_range(const Region& range) { return range.size != 0 && range.end() > range.base; }

// What of the pages of `whole` lies in one of `parts`, ascending; or in none of them.
std::vector<Region> cut(const std::vector<Region>& wholes, const std::vector<Region>& parts,
                        bool inside) {
  std::vector<Region> found;
  for (const Region& whole : wholes) {
    std::uint64_t at = whole.base;
    for (const Region& part : parts) {
      const Region both = common({at, whole.end() - at}, part);
      if (both.size == 0) continue;
      if (inside) found.push_back(both);
      if (!inside && both.base > at) found.push_back({at, both.base - at});
      at = both.end();
    }
    if (!inside && at < whole.end()) found.push_back({at, whole.end() - at});
  }
  return found;
}

void sort_by_base(std::vector<Region>& regions) {
  std::sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) {
    return a.base != b.base ? a.base < b.base : a.size > b.size;
  });
}

std::vector<Region> tested_memory(const HobView& view) {
  std::vector<Region> memory;
  for (const ResourceHob& res : resources_of(view)) {
    if (res.is_tested_memory() && is_range(res.range)) memory.push_back(res.range);
  }
  sort_by_base(memory);
  return memory;
}

// The pages of live allocations, and of resources that are not given out.
std::vector<Region> kept_pages(const HobView& view) {
  std::vector<Region> kept;
  const auto keep = [&](const Region& range) {
    const Region pages = oracle::pages_touched_by(range);
    if (is_range(range) && is_range(pages)) kept.push_back(pages);
  };
  for (const MemoryHob& hob : view.memory_hobs()) {
    if (hob.type != pei::EfiConventionalMemory) keep({hob.base, hob.length});
  }
  for (const ResourceHob& res : resources_of(view)) {
    if (!res.is_io() && !res.is_tested_memory()) keep(res.range);
  }
  sort_by_base(kept);
  return kept;
}

// The pages of `range` that come out as free.
std::vector<Region> free_pages(const Region& range, const std::vector<Region>& memory,
                               const std::vector<Region>& kept) {
  const Region pages = oracle::pages_touched_by(range);
  if (!is_range(pages)) return {};
  return cut(cut({pages}, memory, true), kept, false);
}

}  // namespace

void check_content(const HobView& view, const Say& say) {
  const std::vector<Region> memory = tested_memory(view);
  const std::vector<Region> kept = kept_pages(view);
  constexpr std::size_t kContentsMax = 1000;  // no firmware has more
  std::size_t contents = 0;
  std::vector<Region> seen;  // one volume may have an FV HOB, an FV2 and an FV3
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    const Hob& hob = view.hobs[i];
    if (!is_content(hob.type) || ++contents > kContentsMax) continue;
    const auto fv = view.read<pei::EFI_HOB_FIRMWARE_VOLUME>(hob);
    const Region range{fv.BaseAddress, fv.Length};
    const std::string_view what =
        hob.type == pei::EFI_HOB_TYPE_UEFI_CAPSULE ? "capsule" : "firmware volume";
    if (!is_range(range)) {
      say(Severity::Note, "FV-RANGE", i,
          fmt::format("a {} at {:#x} of {:#x} bytes is no range of memory", what, range.base,
                      range.size));
      continue;
    }
    const std::vector<Region> free = free_pages(range, memory, kept);
    if (free.empty() || std::find(seen.begin(), seen.end(), range) != seen.end()) continue;
    seen.push_back(range);
    std::uint64_t bytes = 0;
    for (const Region& each : free) bytes += each.size;
    const bool whole = range.base % kPage == 0 && range.size % kPage == 0;
    say(Severity::Note, "FV-UNCLAIMED", i,
        fmt::format("the {} {}{} lies in system memory, and no allocation HOB covers {}: DXE will "
                    "call its pages free ({} of them, from {:#x} on), and may give them to others "
                    "while it still reads the {}",
                    what, range_text(range.base, range.size),
                    whole ? "" : ", which is not whole pages,",
                    bytes == oracle::pages_touched_by(range).size ? "it" : "all of it",
                    bytes / kPage, free.front().base, what));
  }
}

void check_runtime(const HobView& view, const Say& say) {
  constexpr std::size_t kFew = 3;
  std::vector<MemoryHob> runtime;
  for (const MemoryHob& hob : view.memory_hobs()) {
    const bool is_runtime = hob.type == pei::EfiRuntimeServicesCode ||
                            hob.type == pei::EfiRuntimeServicesData || hob.type == pei::EfiPalCode;
    if (is_runtime && is_range({hob.base, hob.length})) runtime.push_back(hob);
  }
  std::sort(runtime.begin(), runtime.end(),
            [](const MemoryHob& a, const MemoryHob& b) { return a.base < b.base; });
  std::size_t descriptors = 0;
  std::size_t gaps = 0;  // memory of other types that lies between two of them
  std::uint64_t end = 0;
  std::uint32_t type = 0;
  for (const MemoryHob& hob : runtime) {
    const bool touches = descriptors != 0 && hob.base <= end;
    if (!touches || hob.type != type) ++descriptors;
    if (!touches && descriptors > 1) ++gaps;
    end = std::max(end, hob.base + hob.length);
    type = hob.type;
  }
  if (descriptors <= kFew) return;
  say(Severity::Note, "RUNTIME-PIECES", runtime.front().index,
      fmt::format("runtime memory is in {} pieces: it costs {} descriptors of the memory map, and "
                  "parts other memory at {} places",
                  descriptors, descriptors, gaps));
}

}  // namespace hobnail
