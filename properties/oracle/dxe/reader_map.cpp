// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/dxe/reader_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

using MaybeComplaint = std::optional<MapComplaint>;

MaybeComplaint check_descriptors(const std::vector<MapEntry>& sorted) {
  std::uint64_t past = 0;  // of the one before
  for (const MapEntry& entry : sorted) {
    const std::uint64_t first = entry.base / kPage;
    if (entry.base % kPage != 0 || entry.pages == 0 || entry.pages > kPagesAll - first) {
      return MapComplaint{0, descriptor_text(entry) + " is not a range of pages"};
    }
    if (first < past) {
      return MapComplaint{0, descriptor_text(entry) + " overlaps the one below it"};
    }
    const bool runtime =
        entry.type == EfiRuntimeServicesCode || entry.type == EfiRuntimeServicesData;
    if (runtime && (entry.attribute & kRuntimeAttribute) == 0) {
      return MapComplaint{0, descriptor_text(entry) + " has no EFI_MEMORY_RUNTIME"};
    }
    // EFI_MEMORY_RUNTIME keeps memory for the firmware (UEFI 2.10, 7.2); the operating system maps
    // no ACPI memory for it (UEFI 2.10, 2.3.2 to 2.3.7).
    const bool acpi = entry.type == EfiACPIReclaimMemory || entry.type == EfiACPIMemoryNVS;
    if ((entry.attribute & kRuntimeAttribute) != 0 && (acpi || is_reusable(entry.type))) {
      return MapComplaint{0, descriptor_text(entry) +
                                 (acpi ? " is ACPI memory" : " may be reused") +
                                 ", but has EFI_MEMORY_RUNTIME"};
    }
    past = first + entry.pages;
  }
  return std::nullopt;
}

// The HOBs of a page, and the descriptor.
struct PageHolders {
  const PageClaim* allocation = nullptr;
  const PageClaim* memory = nullptr;  // tested
  const PageClaim* other = nullptr;   // another resource
  bool doubtful = false;              // what becomes of it follows from no HOB
  const MapEntry* entry = nullptr;
};

class MapJudge {
 public:
  MapJudge(const SoundList& list, const std::vector<MapEntry>& sorted, const ConsumerTraits& traits)
      : list_(list), sorted_(sorted), traits_(traits) {}

  MaybeComplaint judge() const;

 private:
  [[nodiscard]] std::vector<std::uint64_t> edges() const;
  [[nodiscard]] PageHolders holders_of(std::uint64_t page) const;
  [[nodiscard]] MaybeComplaint check_page(std::uint64_t page, const PageHolders& holders) const;
  [[nodiscard]] bool may_be_free(std::uint32_t type) const;
  [[nodiscard]] MaybeComplaint check_some_is_free() const;
  [[nodiscard]] MaybeComplaint complaint(std::uint64_t page, const PageClaim* claim,
                                         std::string_view must, const MapEntry* entry) const;

  const SoundList& list_;
  const std::vector<MapEntry>& sorted_;
  const ConsumerTraits& traits_;
};

std::vector<std::uint64_t> MapJudge::edges() const {
  std::vector<std::uint64_t> pages;
  for (const PageClaim& claim : list_.claims) pages.insert(pages.end(), {claim.first, claim.past});
  for (const MapEntry& entry : sorted_) {
    pages.insert(pages.end(), {entry.base / kPage, entry.base / kPage + entry.pages});
  }
  std::sort(pages.begin(), pages.end());
  pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
  return pages;
}

PageHolders MapJudge::holders_of(std::uint64_t page) const {
  PageHolders found;
  for (const PageClaim& claim : list_.claims) {
    found.doubtful = found.doubtful || claim.makes_doubtful(page);
    if (!claim.has(page) || claim.doubtful) continue;
    if (claim.is_allocation()) {
      found.allocation = &claim;
    } else if (claim.tested()) {
      found.memory = &claim;
    } else {
      found.other = &claim;
    }
  }
  const auto after = std::upper_bound(
      sorted_.begin(), sorted_.end(), page,
      [](std::uint64_t at, const MapEntry& entry) { return at < entry.base / kPage; });
  if (after == sorted_.begin()) return found;
  const MapEntry& entry = *std::prev(after);
  if (page < entry.base / kPage + entry.pages) found.entry = &entry;
  return found;
}

// The types that free memory may have: the reader may keep some of it, for itself, for bins, or
// from the operating system (page 0, where processors wake up).
bool MapJudge::may_be_free(std::uint32_t type) const {
  if (type <= EfiACPIMemoryNVS) return true;
  return type < list_.bin_pages.size() && list_.bin_pages[type] != 0;
}

// A reader that keeps all of much free memory has misread it.
MaybeComplaint MapJudge::check_some_is_free() const {
  constexpr std::uint64_t kMuch = 0x100000 / kPage;
  if (!list_.certain()) return std::nullopt;
  const std::vector<std::uint64_t> pages = edges();
  std::uint64_t kept = 0;
  for (std::size_t i = 0; i + 1 < pages.size(); ++i) {
    const PageHolders holders = holders_of(pages[i]);
    if (holders.memory == nullptr || holders.allocation != nullptr) continue;
    if (holders.entry != nullptr && is_reusable(holders.entry->type)) return std::nullopt;
    kept += pages[i + 1] - pages[i];
  }
  if (kept < kMuch) return std::nullopt;
  return MapComplaint{0, fmt::format("{} gives none of {:#x} free tested pages to the operating "
                                     "system",
                                     traits_.name, kept)};
}

MaybeComplaint MapJudge::complaint(std::uint64_t page, const PageClaim* claim,
                                   std::string_view must, const MapEntry* entry) const {
  return MapComplaint{
      claim == nullptr ? 0 : claim->offset,
      fmt::format("page {:#x}: {}; {} has {}", page * kPage, must, traits_.name,
                  entry == nullptr ? std::string("nothing") : descriptor_text(*entry))};
}

MaybeComplaint MapJudge::check_page(std::uint64_t page, const PageHolders& holders) const {
  const auto& [allocation, memory, other, doubtful, entry] = holders;
  const bool usable = entry != nullptr && is_reusable(entry->type);
  const bool kept_volume = entry != nullptr && !usable && list_.in_volume(page);
  if (allocation != nullptr) {
    const std::string type = efi_memory_type(allocation->type);
    if (entry != nullptr && entry->type == allocation->type) return std::nullopt;
    if (usable && !is_reusable(allocation->type)) {
      return complaint(page, allocation, "it is allocated, " + type, entry);
    }
    const bool must = list_.sound && !doubtful && memory != nullptr && other == nullptr &&
                      allocation->type < kOemTypes && !kept_volume;
    if (must) return complaint(page, allocation, "the HOBs imply " + type, entry);
    return std::nullopt;
  }
  if (!list_.sound || doubtful) return std::nullopt;
  if (memory != nullptr) {
    if (kept_volume || (entry != nullptr && may_be_free(entry->type))) return std::nullopt;
    return complaint(page, memory, "it is free tested memory", entry);
  }
  if (!usable) return std::nullopt;
  return complaint(page, other, "it is not tested memory", entry);
}

MaybeComplaint MapJudge::judge() const {
  for (const std::uint64_t page : edges()) {
    if (MaybeComplaint wrong = check_page(page, holders_of(page))) return wrong;
  }
  return check_some_is_free();
}

}  // namespace

std::string descriptor_text(const MapEntry& entry) {
  return fmt::format("the descriptor {:#x}, {:#x} pages of {}", entry.base, entry.pages,
                     efi_memory_type(entry.type));
}

std::vector<MapEntry> sorted_by_base(std::vector<MapEntry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const MapEntry& a, const MapEntry& b) { return a.base < b.base; });
  return entries;
}

std::optional<MapComplaint> check_reader_map(const SoundList& list,
                                             const std::vector<MapEntry>& entries,
                                             const ConsumerTraits& traits) {
  const std::vector<MapEntry> sorted = sorted_by_base(entries);
  if (MaybeComplaint wrong = check_descriptors(sorted)) return wrong;
  return MapJudge(list, sorted, traits).judge();
}

}  // namespace hobnail::oracle
