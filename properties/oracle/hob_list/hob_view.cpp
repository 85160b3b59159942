// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The walk over hostile bytes.
#include "properties/oracle/hob_list/hob_view.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace hobnail::oracle {
namespace {

bool leads_on(const EFI_HOB_GENERIC_HEADER& header, std::size_t room) {
  return header.HobLength >= sizeof(EFI_HOB_GENERIC_HEADER) && header.HobLength % 8 == 0 &&
         header.HobLength <= room;
}

// What is wrong with a header that a walk may not follow.
std::string header_error(const EFI_HOB_GENERIC_HEADER& header, std::size_t room) {
  if (header.HobLength < sizeof(EFI_HOB_GENERIC_HEADER)) {
    return fmt::format("HobLength {:#x} is below the size of a header", header.HobLength);
  }
  if (header.HobLength % 8 != 0) {
    return fmt::format("HobLength {:#x} is not a multiple of 8", header.HobLength);
  }
  return fmt::format("HobLength {:#x} reaches past the list, which has {:#x} bytes left",
                     header.HobLength, room);
}

void walk_from(std::size_t offset, std::span<const std::uint8_t> bytes, HobView& view) {
  view.bytes = bytes;
  view.error.clear();
  view.error_offset = 0;
  while (view.error.empty()) {
    view.error_offset = offset;
    const std::size_t room = bytes.size() - offset;
    EFI_HOB_GENERIC_HEADER header;
    if (room < sizeof header) {
      view.error = "the list ends without an END HOB";
      return;
    }
    std::memcpy(&header, bytes.data() + offset, sizeof header);
    if (!leads_on(header, room)) {
      view.error = header_error(header, room);
    } else if (offset == 0 && (header.HobType != EFI_HOB_TYPE_HANDOFF ||
                               header.HobLength != sizeof(EFI_HOB_HANDOFF_INFO_TABLE))) {
      view.error = fmt::format("the first HOB (type {:#06x}, length {:#x}) is not a PHIT",
                               header.HobType, header.HobLength);
    }
    if (!view.error.empty()) return;
    view.hobs.push_back({static_cast<std::uint32_t>(offset), header.HobType, header.HobLength});
    if (header.HobType == EFI_HOB_TYPE_END_OF_HOB_LIST) return;
    offset += header.HobLength;
  }
}

}  // namespace

void walk_hobs(std::span<const std::uint8_t> bytes, HobView& view) {
  view.hobs.clear();
  walk_from(0, bytes, view);
}

void walk_on(std::span<const std::uint8_t> bytes, HobView& view) {
  const std::size_t end = view.hobs.back().offset;
  view.hobs.pop_back();
  walk_from(end, bytes, view);
}

MemoryHob HobView::memory(std::size_t index) const {
  const auto hob = read<EFI_HOB_MEMORY_ALLOCATION>(hobs[index]);
  return {static_cast<std::uint32_t>(index), hob.AllocDescriptor.Name,
          hob.AllocDescriptor.MemoryBaseAddress, hob.AllocDescriptor.MemoryLength,
          hob.AllocDescriptor.MemoryType};
}

std::vector<MemoryHob> HobView::memory_hobs() const {
  std::vector<MemoryHob> found;
  for (std::size_t i = 0; i < hobs.size(); ++i) {
    if (hobs[i].type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
        hobs[i].length >= sizeof(EFI_HOB_MEMORY_ALLOCATION)) {
      found.push_back(memory(i));
    }
  }
  return found;
}

// Compares two words: in a fuzz target memcmp is libFuzzer's, which is slow.
bool same_guid(const EFI_GUID& a, const EFI_GUID& b) {
  struct Words {
    std::uint64_t low, high;
  };
  const auto x = std::bit_cast<Words>(a);
  const auto y = std::bit_cast<Words>(b);
  return ((x.low ^ y.low) | (x.high ^ y.high)) == 0;
}

bool is_zero_guid(const EFI_GUID& guid) { return same_guid(guid, EFI_GUID{}); }

std::uint16_t fixed_hob_length(std::uint16_t type) {
  switch (type) {
    case EFI_HOB_TYPE_HANDOFF:
      return sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR:
      return sizeof(EFI_HOB_RESOURCE_DESCRIPTOR);
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2:
      return sizeof(EFI_HOB_RESOURCE_DESCRIPTOR2);
    case EFI_HOB_TYPE_FV:
      return sizeof(EFI_HOB_FIRMWARE_VOLUME);
    case EFI_HOB_TYPE_FV2:
      return sizeof(EFI_HOB_FIRMWARE_VOLUME2);
    case EFI_HOB_TYPE_FV3:
      return sizeof(EFI_HOB_FIRMWARE_VOLUME3);
    case EFI_HOB_TYPE_CPU:
      return sizeof(EFI_HOB_CPU);
    case EFI_HOB_TYPE_UEFI_CAPSULE:
      return sizeof(EFI_HOB_UEFI_CAPSULE);
    case EFI_HOB_TYPE_END_OF_HOB_LIST:
      return sizeof(EFI_HOB_GENERIC_HEADER);
    default:
      return 0;  // a memory allocation HOB has 48 or 72 bytes
  }
}

}  // namespace hobnail::oracle
