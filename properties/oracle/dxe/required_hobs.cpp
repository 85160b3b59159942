// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOBs that the list lacks, in front of its END.
#include "properties/oracle/dxe/required_hobs.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

using ListBytes = std::vector<std::uint8_t>;

constexpr std::size_t kFreeTopAt = 32;  // in the PHIT
constexpr std::size_t kFreeBottomAt = 40;
constexpr std::size_t kEndAt = 48;
constexpr Region kFlash{0xffc00000, 0x400000};  // below 4 GiB, where processors begin

bool has_hob(const ReferenceList& list, std::uint16_t type) {
  return std::any_of(list.hobs().begin(), list.hobs().end(),
                     [&](const ReferenceHob& hob) { return hob.type == type; });
}

bool has_allocation(const ReferenceList& list, const EFI_GUID& name) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(&name), sizeof name);
  return std::any_of(list.hobs().begin(), list.hobs().end(), [&](const ReferenceHob& hob) {
    return hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
           hob.length >= sizeof(EFI_HOB_MEMORY_ALLOCATION) &&
           list.is_guid(hob.offset + sizeof(EFI_HOB_GENERIC_HEADER), bytes);
  });
}

bool has_stack(const ReferenceList& list) {
  return has_allocation(list, EFI_HOB_MEMORY_ALLOC_STACK_GUID);
}
bool has_module(const ReferenceList& list) {
  return has_allocation(list, EFI_HOB_MEMORY_ALLOC_MODULE_GUID);
}

// The highest pages of the gap, as PEI itself would give out; some memory is left to begin in.
std::optional<std::uint64_t> pages_of_gap(const ReferenceList& list, std::uint64_t bytes) {
  constexpr std::uint64_t kToBegin = 0x20000;
  const std::uint64_t top = page_down(list.free_top());
  if (top < list.free_bottom() || top - list.free_bottom() < bytes + kToBegin) return std::nullopt;
  return top - bytes;
}

// Other free tested pages.
std::optional<std::uint64_t> pages_apart(const ReferenceList& list, const ReferenceMap& map,
                                         std::uint64_t bytes) {
  const Region own = pages_touched_by(between(list.base(), list.free_top()));
  std::optional<std::uint64_t> highest;
  for (const MapRange& range : map.ranges()) {
    if (range.type != EfiConventionalMemory) continue;
    for (const Region& part : beside(range.where, own)) {
      if (part.size >= bytes) highest = part.end() - bytes;
    }
  }
  return highest;
}

class Completion {
 public:
  explicit Completion(const ReferenceList& list)
      : list_(list),
        bytes_(list.bytes().begin(), list.bytes().begin() + static_cast<long>(list.stop())) {}

  void add_stack(std::uint64_t page) {
    append(allocation(EFI_HOB_MEMORY_ALLOC_STACK_GUID, page, EfiBootServicesData));
  }
  void add_module(std::uint64_t page) {
    EFI_HOB_MEMORY_ALLOCATION_MODULE module{};
    module.Header.HobType = EFI_HOB_TYPE_MEMORY_ALLOCATION;
    module.MemoryAllocationHeader =
        allocation(EFI_HOB_MEMORY_ALLOC_MODULE_GUID, page, EfiBootServicesCode).AllocDescriptor;
    module.EntryPoint = page;
    append(module);
  }
  void add_volume() {
    EFI_HOB_RESOURCE_DESCRIPTOR flash{};
    flash.ResourceType = EFI_RESOURCE_FIRMWARE_DEVICE;
    flash.ResourceAttribute = EFI_RESOURCE_ATTRIBUTE_PRESENT | EFI_RESOURCE_ATTRIBUTE_INITIALIZED;
    flash.PhysicalStart = kFlash.base;
    flash.ResourceLength = kFlash.size;
    flash.Header.HobType = EFI_HOB_TYPE_RESOURCE_DESCRIPTOR;
    append(flash);
    EFI_HOB_FIRMWARE_VOLUME volume{};
    volume.BaseAddress = kFlash.base;
    volume.Length = kFlash.size;
    volume.Header.HobType = EFI_HOB_TYPE_FV;
    append(volume);
  }

  void lower_free_top(std::uint64_t to) { set(kFreeTopAt, to); }

  [[nodiscard]] ListBytes done() {
    const std::uint64_t added = bytes_.size() - list_.stop();
    set(kFreeBottomAt, list_.free_bottom() + added);
    set(kEndAt, list_.base() + list_.stop() + added);
    bytes_.insert(bytes_.end(), list_.bytes().begin() + static_cast<long>(list_.stop()),
                  list_.bytes().end());
    return std::move(bytes_);
  }

 private:
  static EFI_HOB_MEMORY_ALLOCATION allocation(const EFI_GUID& name, std::uint64_t page,
                                              std::uint32_t type) {
    EFI_HOB_MEMORY_ALLOCATION hob{};
    hob.Header.HobType = EFI_HOB_TYPE_MEMORY_ALLOCATION;
    hob.AllocDescriptor = {name, page, kPage, static_cast<EFI_MEMORY_TYPE>(type), {}};
    return hob;
  }
  template <typename Hob>
  void append(Hob hob) {
    hob.Header.HobLength = sizeof hob;
    const auto* const from = reinterpret_cast<const std::uint8_t*>(&hob);
    bytes_.insert(bytes_.end(), from, from + sizeof hob);
  }
  void set(std::size_t at, std::uint64_t value) {
    std::memcpy(bytes_.data() + at, &value, sizeof value);
  }

  const ReferenceList& list_;
  ListBytes bytes_;
};

}  // namespace

std::optional<ListError> missing_hob(const ReferenceList& list) {
  if (!has_stack(list)) return ListError{list.stop(), "no stack HOB"};
  if (!has_hob(list, EFI_HOB_TYPE_FV)) return ListError{list.stop(), "no firmware volume HOB"};
  if (!has_module(list)) return ListError{list.stop(), "no module HOB of the DXE Foundation"};
  return std::nullopt;
}

std::optional<ListBytes> with_required_hobs(const ReferenceList& list, std::uint64_t granularity) {
  if (!missing_hob(list)) return ListBytes(list.bytes().begin(), list.bytes().end());
  const std::uint64_t bytes = 2 * std::max<std::uint64_t>(granularity, kPage);
  const auto in_gap = pages_of_gap(list, bytes);
  const auto pages = in_gap ? in_gap : pages_apart(list, reference_map(list, granularity), bytes);
  if (!pages) return std::nullopt;
  Completion completion(list);
  if (in_gap) completion.lower_free_top(*pages);
  if (!has_stack(list)) completion.add_stack(*pages);
  if (!has_hob(list, EFI_HOB_TYPE_FV)) completion.add_volume();
  if (!has_module(list)) completion.add_module(*pages + bytes / 2);
  return completion.done();
}

}  // namespace hobnail::oracle
