// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/dxe_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/checks/bins.h"
#include "properties/oracle/dxe/map_comparison.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/dxe/reader_map.h"
#include "properties/oracle/dxe/reference_start.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

using Entries = std::vector<MapEntry>;

Verdict map_violation(const HandOver& over, std::string what) {
  return report(over.now, RuleId::DxeMap, std::move(what));
}

Verdict check_descriptors(const HandOver& over, const Entries& sorted) {
  std::uint64_t end = 0;
  for (const MapEntry& entry : sorted) {
    const std::uint64_t room = (0 - entry.base) / kPage;  // up to 2^64; 0 from base 0
    if (entry.pages == 0 || entry.base % kPage != 0 || (room != 0 && entry.pages > room)) {
      return map_violation(over, descriptor_text(entry) + " is not a range of pages");
    }
    if (entry.base < end) {
      return map_violation(over, descriptor_text(entry) + " overlaps the one below it");
    }
    end = entry.base + entry.pages * kPage;
    if (is_runtime(entry.type) != ((entry.attribute & kRuntimeAttribute) != 0)) {
      return map_violation(
          over,
          descriptor_text(entry) +
              (is_runtime(entry.type) ? " has no EFI_MEMORY_RUNTIME"
                                      : " is not of runtime services, but has EFI_MEMORY_RUNTIME"));
    }
  }
  return std::nullopt;
}

UnspecifiedMemory unspecified_memory(const HandOver& over) {
  UnspecifiedMemory choices;
  // The consumer reads the home of the bins from the list, whatever the core has made of it.
  choices.bins = over.view.bin_home.size != 0 ? over.view.bin_home : over.now.snapshot.bins;
  for (const MemoryClaim& claim : over.view.claims) {
    const MemoryClaim* const memory = over.view.resource_of(claim.where);
    if (claim.type == EfiConventionalMemory) continue;  // free, but untested
    if (memory != nullptr && memory->gives_memory() && !memory->tested()) {
      choices.allocations.push_back(claim);
    }
  }
  return choices;
}

Verdict check_pages(const HandOver& over, const Entries& sorted) {
  const auto differs =
      first_difference(over.map, sorted, Exactness::Boot, unspecified_memory(over));
  if (!differs) return std::nullopt;
  if (!differs->reference) {
    return map_violation(over, fmt::format("page {:#x} is not tested memory, but in {}",
                                           differs->page, descriptor_text(*differs->reported)));
  }
  const std::string type = efi_memory_type(differs->reference->type);
  if (!differs->reported) {
    return map_violation(over,
                         fmt::format("page {:#x} is {}, but in no descriptor: the page is leaked",
                                     differs->page, type));
  }
  return map_violation(over, fmt::format("page {:#x} is {}, but in {}", differs->page, type,
                                         descriptor_text(*differs->reported)));
}

// What is live is not given away: its descriptors are of its type, or of one that no claim uses.
Verdict check_kept(const HandOver& over, const Entries& sorted, const Region& range,
                   std::uint32_t type) {
  for (const MapEntry& entry : sorted) {
    if (!entry.where().overlaps(range) || entry.type == type) continue;
    if (!is_reusable(entry.type) && !is_reclaimable(entry.type)) continue;
    return map_violation(over, fmt::format("{} is live, {}, but in {}", range,
                                           efi_memory_type(type), descriptor_text(entry)));
  }
  return std::nullopt;
}

Verdict check_unsound(const HandOver& over, const Entries& sorted) {
  for (const MemoryClaim& claim : over.view.claims) {
    if (claim.by_peim || claim.type == EfiConventionalMemory) continue;
    if (Verdict verdict = check_kept(over, sorted, claim.where, claim.type)) return verdict;
  }
  return std::nullopt;
}

// Pages from bins whose home only a PEIM's HOB describes: the PEIM may have overwritten it since.
bool is_for_peim_to_describe(const BootState& now, const Region& pages) {
  const BinLayout& bins = now.model.bins;
  return !bins.by_core && bins.home.contains(pages.base, pages.size);
}

}  // namespace

Verdict check_live_pages(const BootState& now, const ReferenceMap& map) {
  for (const Allocation& piece : now.model.live) {
    if (piece.kind != Result::Pages) continue;
    const MapRange* const range = map.at(piece.where.base);
    if (range == nullptr && is_for_peim_to_describe(now, piece.where)) continue;
    if (range != nullptr && range->type == piece.type &&
        range->where.contains(piece.where.base, piece.where.size)) {
      continue;
    }
    return report(now, RuleId::HandOffMap,
                  fmt::format("p{}: live pages {} of type {} would be {} for DXE", piece.handle,
                              piece.where, piece.type,
                              range == nullptr ? std::string("no memory")
                                               : fmt::format("of type {}", range->type)));
  }
  return std::nullopt;
}

Verdict check_memory_of_pei(const BootState& now, const ReferenceMap& map) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  const std::uint64_t end = round_down(phit.EfiMemoryTop, kPage);
  std::uint64_t at = page_up(phit.EfiMemoryBottom);
  while (at < end) {
    const MapRange* const range = map.at(at);
    if (range == nullptr && !is_for_peim_to_describe(now, {at, kPage})) break;
    at = range != nullptr ? range->where.end() : at + kPage;
  }
  if (at >= end) return std::nullopt;
  return report(now, RuleId::HandOffMap,
                fmt::format("page {:#x} of PEI's memory [{:#x}, {:#x}) is in no tested system "
                            "memory of the list: the page is lost to DXE",
                            at, phit.EfiMemoryBottom, phit.EfiMemoryTop));
}

bool has_first_region(const HandOver& over) {
  const HobListSnapshot& snapshot = over.now.snapshot;
  const std::optional<std::uint64_t> bins = bytes_for_bins(over.now);
  if (!bins) return false;  // how much it must find then is not agreed on
  const MemoryClaim* const resource = over.view.resource_of({snapshot.base, snapshot.list().size});
  if (resource == nullptr || !resource->tested()) return false;
  // The bins take of a home that lies in this memory what no other start can have.
  if (resource->where.overlaps(over.view.bin_home)) return false;
  const std::uint64_t top = std::min(snapshot.phit.EfiMemoryTop, resource->where.end());
  const Region above{top, resource->where.end() - top};
  const Region gap{snapshot.phit.EfiFreeMemoryBottom, snapshot.gap()};
  const Region below{resource->where.base, snapshot.base - resource->where.base};
  for (const Region& place : {above, gap, below}) {
    const std::uint64_t found = over.map.longest_free(place.base, place.end(), snapshot.list());
    if (found >= kFirstMemory + *bins) return true;
  }
  return false;
}

Verdict check_first_region(const HandOver& over, const Region& first) {
  const auto wrong = [&](std::string_view why) {
    return report(over.now, RuleId::FirstRegion,
                  fmt::format("the first memory of DXE, [{:#x}, {:#x}), {}", first.base,
                              first.base + first.size, why));
  };
  const bool required = over.view.sound() && has_first_region(over);
  if (first.size == 0 && !required) return std::nullopt;
  if (first.size < kFirstMemory) return wrong("is smaller than 0x10000 bytes, but more is free");
  if (first.base % kPage != 0 || first.size % kPage != 0) return wrong("is not whole pages");
  // An unsound list does not define what memory is: it is for the consumer to decide.
  if (over.view.sound() && !over.view.tested(first)) {
    return wrong("is not inside one tested system memory");
  }
  const Region list{over.now.snapshot.base,
                    over.now.snapshot.phit.EfiFreeMemoryBottom - over.now.snapshot.base};
  if (first.overlaps(list)) return wrong("overlaps the HOB list, which is not copied yet");
  for (const MemoryClaim& claim : over.view.claims) {
    if (claim.type == EfiConventionalMemory || !first.overlaps(claim.where)) continue;
    if (claim.by_peim && !over.view.sound()) continue;  // one that DXE may have dropped
    return wrong(fmt::format("overlaps {}, which is live", claim.where));
  }
  return std::nullopt;
}

Verdict check_map(const HandOver& over, const std::vector<MapEntry>& entries) {
  const Entries sorted = sorted_by_base(entries);
  if (Verdict verdict = check_descriptors(over, sorted)) return verdict;
  if (!over.view.sound()) return check_unsound(over, sorted);
  return check_pages(over, sorted);
}

}  // namespace hobnail::oracle
