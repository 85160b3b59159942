// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Taking over, and the three services.
#include "core/dxe/dxe_memory.h"

#include "core/bytes.h"
#include "core/dxe/after_exit.h"
#include "core/dxe/map_sweep.h"
#include "core/dxe/type_bins.h"

namespace pei::dxe {
namespace {

// Where the content of a HOB lies that names memory without allocating it.
Maybe<AddressRange> content_of(const EFI_HOB_GENERIC_HEADER* hob) {
  switch (hob->HobType) {
    case EFI_HOB_TYPE_FV:
    case EFI_HOB_TYPE_FV2:
    case EFI_HOB_TYPE_FV3:
    case EFI_HOB_TYPE_UEFI_CAPSULE: {  // base and length are in the same place
      const auto* const volume = reinterpret_cast<const EFI_HOB_FIRMWARE_VOLUME*>(hob);
      return AddressRange::sized(volume->BaseAddress, volume->Length);
    }
    default:
      return {};
  }
}

bool is_partly_free(const RangeMap& map, const AddressRange& range) {
  for (UINTN i = 0; i < map.count(); ++i) {
    if (map.at(i).Type == EfiConventionalMemory && map.range_at(i).overlaps(range)) return true;
  }
  return false;
}

// Content is no allocation (PI leaves that to a second HOB), so the map does not protect it; but
// the author of the list must learn of the missing HOB.
void reject_loose_content(const HandOff& hand_off, const RangeMap& map, Rejections& rejections) {
  for (HobWalk walk(hand_off.list); walk.on_hob(); walk.advance()) {
    const Maybe<AddressRange> content = content_of(walk.hob());
    if (content && is_partly_free(map, *content)) {
      rejections.add(walk.offset(), RejectionReason::ContentNotAllocated);
    }
  }
}

// UEFI 2.10 section 7.2: what the caller of AllocatePages may name.
bool is_allocatable(UINT32 type) {
  return type < EfiConventionalMemory || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS ||
         type == EfiPalCode || type >= MEMORY_TYPE_OEM_RESERVED_MIN;
}

UINT64 granularity_of(UINT32 type, UINT64 runtime_granularity) {
  return is_runtime(type) || type == EfiReservedMemoryType || type == EfiACPIMemoryNVS
             ? runtime_granularity
             : kPageBytes;
}

struct Place {
  UINTN index;  // of the range that it is cut from
  AddressRange pages;
};

// The highest free pages.
Maybe<Place> find_free(const RangeMap& map, UINT64 size_bytes, UINT64 granularity) {
  for (UINTN i = map.count(); i > 0; --i) {
    if (map.at(i - 1).Type != EfiConventionalMemory) continue;
    const AddressRange range = map.range_at(i - 1);
    const UINT64 end = align_down(range.end(), granularity);
    // Page 0 is not given out: its address is NULL.
    const UINT64 base = range.base() == 0 ? kPageBytes : range.base();
    if (end < base || end - base < size_bytes) continue;
    return Place{i - 1, AddressRange::between(end - size_bytes, end)};
  }
  return {};
}

}  // namespace

HandOffError DxeMemory::take_over(const UINT8* bytes, UINTN size_bytes, UINT64 runtime_granularity,
                                  const Storage& storage) {
  PEI_ASSERT(is_power_of_two(runtime_granularity));
  PEI_ASSERT(runtime_granularity >= kPageBytes && runtime_granularity <= UINT64{1} << 30);
  has_boot_services_ = false;
  runtime_granularity_ = runtime_granularity;
  first_region_ = AddressRange();
  map_ = RangeMap(storage.ranges, storage.range_count);
  rejections_ = Rejections(storage.rejections, storage.rejection_count);

  HandOff hand_off;
  HandOffError error = judge_hand_off(bytes, size_bytes, hand_off);
  if (!error.none()) return error;
  Claims claims(storage.claims, storage.claim_count);
  error = collect_claims(hand_off, claims, rejections_);
  if (!error.none()) return error;
  const TypeBins bins = measure_bins(hand_off, runtime_granularity, rejections_);
  error = claim_bins(hand_off, bins, runtime_granularity, claims);
  if (!error.none()) return error;
  if (!sweep_claims(claims, map_, rejections_)) return {HandOffFlaw::TooManyRanges, 0};
  reject_loose_content(hand_off, map_, rejections_);
  error =
      find_first_region(hand_off, map_, kLeastFirstRegionBytes + bins.total_bytes, first_region_);
  if (!error.none()) return error;
  map_key_ += 1;
  has_boot_services_ = true;
  return {};
}

EFI_STATUS DxeMemory::GetMemoryMap(UINTN* MemoryMapSize, EFI_MEMORY_DESCRIPTOR* MemoryMap,
                                   UINTN* MapKey, UINTN* DescriptorSize,
                                   UINT32* DescriptorVersion) const {
  if (!has_boot_services_) return EFI_UNSUPPORTED;
  if (MemoryMapSize == nullptr) return EFI_INVALID_PARAMETER;
  const UINTN needed_bytes = map_.count() * kDescriptorStrideBytes;
  const bool is_too_small = *MemoryMapSize < needed_bytes;
  if (!is_too_small && MemoryMap == nullptr) return EFI_INVALID_PARAMETER;

  *MemoryMapSize = needed_bytes;
  if (DescriptorSize != nullptr) *DescriptorSize = kDescriptorStrideBytes;
  if (DescriptorVersion != nullptr) *DescriptorVersion = EFI_MEMORY_DESCRIPTOR_VERSION;
  if (is_too_small) return EFI_BUFFER_TOO_SMALL;
  auto* const out = reinterpret_cast<UINT8*>(MemoryMap);
  for (UINTN i = 0; i < map_.count(); ++i) {
    UINT8* const entry = out + i * kDescriptorStrideBytes;
    copy_bytes(entry, &map_.at(i), sizeof(EFI_MEMORY_DESCRIPTOR));
    set_bytes(entry + sizeof(EFI_MEMORY_DESCRIPTOR),
              kDescriptorStrideBytes - sizeof(EFI_MEMORY_DESCRIPTOR), 0);
  }
  if (MapKey != nullptr) *MapKey = map_key_;
  return EFI_SUCCESS;
}

EFI_STATUS DxeMemory::AllocatePages(EFI_MEMORY_TYPE MemoryType, UINTN Pages,
                                    EFI_PHYSICAL_ADDRESS* Memory) {
  if (!has_boot_services_) return EFI_UNSUPPORTED;
  if (Memory == nullptr || !is_allocatable(MemoryType)) return EFI_INVALID_PARAMETER;
  const UINT64 granularity = granularity_of(MemoryType, runtime_granularity_);
  const Maybe<UINT64> bytes = pages_to_bytes(Pages);
  const Maybe<UINT64> rounded = bytes ? align_up(*bytes, granularity) : bytes;
  if (!rounded || *rounded == 0) return EFI_OUT_OF_RESOURCES;
  const Maybe<Place> place = find_free(map_, *rounded, granularity);
  if (!place || !map_.retype(place->index, place->pages, MemoryType)) return EFI_OUT_OF_RESOURCES;
  map_key_ += 1;
  *Memory = place->pages.base();
  return EFI_SUCCESS;
}

EFI_STATUS DxeMemory::ExitBootServices(UINTN MapKey) {
  if (!has_boot_services_) return EFI_UNSUPPORTED;
  if (MapKey != map_key_) return EFI_INVALID_PARAMETER;
  for (UINTN i = 0; i < map_.count(); ++i) {
    if (!is_runtime(map_.at(i).Type)) continue;
    const AddressRange range = map_.range_at(i);
    const bool is_aligned_range = is_aligned(range.base(), runtime_granularity_) &&
                                  is_aligned(range.end(), runtime_granularity_);
    if (!is_aligned_range) return EFI_INVALID_PARAMETER;
  }
  has_boot_services_ = false;
  return EFI_SUCCESS;
}

}  // namespace pei::dxe
