// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing a consumer's answers with the oracle's map.
#include "properties/oracle/dxe/dxe_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/pi.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kRuntimeAttribute = std::uint64_t{1} << 63;  // EFI_MEMORY_RUNTIME

using Entries = std::vector<MapEntry>;

Region where(const MapEntry& entry) { return {entry.base, entry.pages * kPage}; }

Verdict map_violation(const HandOver& over, std::string what) {
  return report(over.now, RuleId::DxeMap, std::move(what));
}

std::string entry_text(const MapEntry& entry) {
  return fmt::format("the descriptor {:#x}, {:#x} pages of {}", entry.base, entry.pages,
                     efi_memory_type(entry.type));
}

Entries sorted_by_base(Entries entries) {
  std::sort(entries.begin(), entries.end(),
            [](const MapEntry& a, const MapEntry& b) { return a.base < b.base; });
  return entries;
}

Verdict judge_descriptors(const HandOver& over, const Entries& sorted) {
  std::uint64_t end = 0;
  for (const MapEntry& entry : sorted) {
    const std::uint64_t room = (0 - entry.base) / kPage;  // up to 2^64; 0 from base 0
    if (entry.pages == 0 || entry.base % kPage != 0 || (room != 0 && entry.pages > room)) {
      return map_violation(over, entry_text(entry) + " is not a range of pages");
    }
    if (entry.base < end) {
      return map_violation(over, entry_text(entry) + " overlaps the one below it");
    }
    end = entry.base + entry.pages * kPage;
    if (is_runtime(entry.type) != ((entry.attribute & kRuntimeAttribute) != 0)) {
      return map_violation(
          over,
          entry_text(entry) + (is_runtime(entry.type)
                                   ? " has no EFI_MEMORY_RUNTIME"
                                   : " is not of runtime services, but has EFI_MEMORY_RUNTIME"));
    }
  }
  return std::nullopt;
}

const MapEntry* entry_at(const Entries& sorted, std::uint64_t address) {
  const auto next =
      std::upper_bound(sorted.begin(), sorted.end(), address,
                       [](std::uint64_t a, const MapEntry& entry) { return a < entry.base; });
  if (next == sorted.begin()) return nullptr;
  const MapEntry& entry = *std::prev(next);
  return where(entry).contains(address) ? &entry : nullptr;
}

// Every page of the oracle's range is described, as what it is.
// What is free in a bin may stand under the bin's type, so that the map is the same in every boot.
Verdict judge_range(const HandOver& over, const Entries& sorted, const MapRange& range) {
  for (std::uint64_t at = range.where.base; at < range.where.end();) {
    const MapEntry* const entry = entry_at(sorted, at);
    if (entry == nullptr) {
      return map_violation(
          over, fmt::format("page {:#x} is {}, but in no descriptor: the page is leaked", at,
                            efi_memory_type(range.type)));
    }
    const bool of_bin =
        range.type == EfiConventionalMemory && over.now.snapshot.bins.overlaps(where(*entry));
    if (entry->type != range.type && !of_bin) {
      return map_violation(over, fmt::format("page {:#x} is {}, but in {}", at,
                                             efi_memory_type(range.type), entry_text(*entry)));
    }
    at = where(*entry).end();
  }
  return std::nullopt;
}

// Nothing that could be used lies outside of tested memory.
Verdict judge_invented(const HandOver& over, const Entries& sorted) {
  for (const MapEntry& entry : sorted) {
    if (!is_reusable(entry.type)) continue;
    for (std::uint64_t at = entry.base; at < where(entry).end();) {
      const MapRange* const range = over.map.at(at);
      if (range == nullptr) {
        return map_violation(
            over, fmt::format("page {:#x} is not tested memory, but in {}", at, entry_text(entry)));
      }
      at = range->where.end();
    }
  }
  return std::nullopt;
}

// What is live is not given away: its descriptors are of its type, or of one that nobody uses.
Verdict judge_kept(const HandOver& over, const Entries& sorted, const Region& range,
                   std::uint32_t type) {
  for (const MapEntry& entry : sorted) {
    if (!where(entry).overlaps(range) || entry.type == type) continue;
    if (!is_reusable(entry.type) && !is_reclaimable(entry.type)) continue;
    return map_violation(over, fmt::format("{} is live, {}, but in {}", range,
                                           efi_memory_type(type), entry_text(entry)));
  }
  return std::nullopt;
}

Verdict judge_unsound(const HandOver& over, const Entries& sorted) {
  for (const Claim& claim : over.view.claims) {
    if (claim.by_peim || claim.type == EfiConventionalMemory) continue;
    if (Verdict verdict = judge_kept(over, sorted, claim.where, claim.type)) return verdict;
  }
  return std::nullopt;
}

bool wants_bins(const HobListSnapshot& snapshot) {
  return std::any_of(snapshot.view.hobs.begin(), snapshot.view.hobs.end(), [&](const Hob& hob) {
    return hob.type == EFI_HOB_TYPE_GUID_EXTENSION && hob.length >= sizeof(EFI_HOB_GUID_TYPE) &&
           same_guid(snapshot.view.read<EFI_HOB_GUID_TYPE>(hob).Name,
                     EFI_MEMORY_TYPE_INFORMATION_GUID);
  });
}

}  // namespace

bool has_first_region(const HandOver& over) {
  const HobListSnapshot& snapshot = over.now.snapshot;
  if (wants_bins(snapshot)) return false;  // how much it must find then is said by a table
  const Resource* const resource = over.view.resource_of({snapshot.base, snapshot.list().size});
  if (resource == nullptr || !resource->tested) return false;
  const std::uint64_t top = std::min(snapshot.phit.EfiMemoryTop, resource->where.end());
  const Region above{top, resource->where.end() - top};
  const Region gap{snapshot.phit.EfiFreeMemoryBottom, snapshot.gap()};
  const Region below{resource->where.base, snapshot.base - resource->where.base};
  for (const Region& place : {above, gap, below}) {
    if (over.map.largest_free(place).size >= kFirstMemory) return true;
  }
  return false;
}

Verdict judge_first_region(const HandOver& over, const Region& first) {
  const auto wrong = [&](std::string_view why) {
    return report(over.now, RuleId::FirstRegion,
                  fmt::format("the first memory of DXE, [{:#x}, {:#x}), {}", first.base,
                              first.base + first.size, why));
  };
  const bool required = over.view.sound() && has_first_region(over);
  if (first.size == 0 && !required) return std::nullopt;
  if (first.size < kFirstMemory) return wrong("is smaller than 0x10000 bytes, but more is free");
  if (first.base % kPage != 0 || first.size % kPage != 0) return wrong("is not whole pages");
  // Of an unsound list nobody can say what memory is: it is for the consumer to decide.
  if (over.view.sound() && !over.view.tested(first)) {
    return wrong("is not inside one tested system memory");
  }
  const Region list{over.now.snapshot.base,
                    over.now.snapshot.phit.EfiFreeMemoryBottom - over.now.snapshot.base};
  if (first.overlaps(list)) return wrong("overlaps the HOB list, which is not copied yet");
  for (const Claim& claim : over.view.claims) {
    if (claim.type == EfiConventionalMemory || !first.overlaps(claim.where)) continue;
    if (claim.by_peim && !over.view.sound()) continue;  // one that DXE may have dropped
    return wrong(fmt::format("overlaps {}, which is live", claim.where));
  }
  return std::nullopt;
}

Verdict judge_map(const HandOver& over, const std::vector<MapEntry>& entries) {
  const Entries sorted = sorted_by_base(entries);
  if (Verdict verdict = judge_descriptors(over, sorted)) return verdict;
  if (!over.view.sound()) return judge_unsound(over, sorted);
  for (const MapRange& range : over.map.ranges) {
    if (Verdict verdict = judge_range(over, sorted, range)) return verdict;
  }
  return judge_invented(over, sorted);
}

}  // namespace hobnail::oracle
