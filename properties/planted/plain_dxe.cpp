// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Painting pages. Lists of real boots are read as PI describes them; what makes no sense is left
// out.
#include "properties/planted/plain_dxe.h"

#include <algorithm>
#include <cstring>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kNeeded = 0x10000;
constexpr std::uint64_t kPagesMax = 0x20000;  // 512 MiB: what a byte a page is good for
constexpr std::uint64_t kRuntimeAttribute = std::uint64_t{1} << 63;

template <typename T>
T read(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

bool is_pages(std::uint64_t base, std::uint64_t bytes) {
  return base % kPage == 0 && bytes % kPage == 0 && bytes != 0 && base + bytes > base &&
         bytes / kPage <= kPagesMax;
}

bool is_runtime(std::uint32_t type) {
  return type == EfiRuntimeServicesCode || type == EfiRuntimeServicesData || type == EfiPalCode;
}

}  // namespace

// A resource that overlaps an earlier one is dropped as a whole.
void PlainDxe::read_resource(const std::uint8_t* hob) {
  const auto resource = read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
  const std::uint64_t base = resource.PhysicalStart;
  constexpr std::uint32_t kPersistent = 0x800000;
  const bool tested = (resource.ResourceAttribute & (kPersistent | 7)) == 7;
  if (resource.ResourceType != EFI_RESOURCE_SYSTEM_MEMORY || !tested) return;
  if (!is_pages(base, resource.ResourceLength)) return;
  const auto next = types_.lower_bound(base);
  if (next != types_.end() && next->first < base + resource.ResourceLength) return;
  for (std::uint64_t at = 0; at < resource.ResourceLength; at += kPage) {
    types_.emplace_hint(types_.end(), base + at, EfiConventionalMemory);
  }
}

// So is an allocation that is not in free memory.
void PlainDxe::read_allocation(const std::uint8_t* hob) {
  const auto memory = read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
  const std::uint64_t base = memory.MemoryBaseAddress;
  if (!is_pages(base, memory.MemoryLength) || memory.MemoryType > EfiUnacceptedMemoryType) return;
  for (std::uint64_t at = 0; at < memory.MemoryLength; at += kPage) {
    const auto page = types_.find(base + at);
    if (page == types_.end() || page->second != EfiConventionalMemory) return;
  }
  for (std::uint64_t at = 0; at < memory.MemoryLength; at += kPage) {
    types_[base + at] = memory.MemoryType;
  }
}

std::string PlainDxe::take_over(std::span<const std::uint8_t> hobs,
                                std::uint64_t runtime_granularity) {
  types_.clear();
  granularity_ = runtime_granularity;
  key_ = 1;
  const auto phit = read<EFI_HOB_HANDOFF_INFO_TABLE>(hobs.data());
  list_ = {phit.EfiFreeMemoryBottom - hobs.size(), hobs.size()};
  for (const std::uint16_t type :
       {EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, EFI_HOB_TYPE_MEMORY_ALLOCATION}) {
    for (std::size_t at = 0; at < hobs.size();) {
      const std::uint8_t* const hob = hobs.data() + at;
      const auto header = read<EFI_HOB_GENERIC_HEADER>(hob);
      at += header.HobLength;
      if (header.HobType != type || header.HobLength < 48) continue;
      type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR ? read_resource(hob) : read_allocation(hob);
    }
  }
  return types_.empty() ? "no memory" : "";
}

// The lowest run of free pages, clear of the list, that is long enough.
Region PlainDxe::first_region() {
  Region run;
  for (const auto& [page, type] : types_) {
    const bool free = type == EfiConventionalMemory && !Region{page, kPage}.overlaps(list_);
    if (free && page == run.end() && run.size != 0) {
      run.size += kPage;
    } else {
      run = free ? Region{page, kPage} : Region{};
    }
    if (run.size >= kNeeded) return run;
  }
  return {};
}

MemoryMap PlainDxe::get_memory_map() {
  MemoryMap map{EFI_SUCCESS, {}, key_};
  for (const auto& [page, type] : types_) {
    if (!map.entries.empty()) {
      MapEntry& last = map.entries.back();
      if (last.type == type && last.base + last.pages * kPage == page) {
        ++last.pages;
        continue;
      }
    }
    map.entries.push_back({type, page, 1, is_runtime(type) ? kRuntimeAttribute : 0});
  }
  return map;
}

EFI_STATUS PlainDxe::exit_boot_services(std::uint64_t key) {
  if (key != key_) return EFI_INVALID_PARAMETER;
  const std::vector<MapEntry> entries = get_memory_map().entries;
  const bool whole = std::all_of(entries.begin(), entries.end(), [&](const MapEntry& entry) {
    return !is_runtime(entry.type) ||
           (entry.base % granularity_ == 0 && entry.pages * kPage % granularity_ == 0);
  });
  return whole ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

}  // namespace hobnail::oracle
