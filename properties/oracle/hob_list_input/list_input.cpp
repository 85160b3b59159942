// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing HOBs byte by byte: a list of a small value costs no look at a structure of the core.
#include "properties/oracle/hob_list_input/list_input.h"

#include <algorithm>
#include <cstring>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using ByteList = std::vector<std::uint8_t>;

template <typename T>
void put(ByteList& bytes, const T& value) {
  const auto* const from = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), from, from + sizeof value);
}

constexpr EFI_GUID kGuidValues[kKnownGuids] = {
    {},
    EFI_HOB_MEMORY_ALLOC_STACK_GUID,
    EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID,
    EFI_HOB_MEMORY_ALLOC_MODULE_GUID,
    EFI_MEMORY_TYPE_INFORMATION_GUID,
};

EFI_GUID guid_of(KnownGuid name) { return kGuidValues[static_cast<std::size_t>(name)]; }

void put_range(ByteList& bytes, const ListedHob& hob) {
  put(bytes, hob.base);
  put(bytes, hob.length);
}

void put_allocation(ByteList& bytes, const ListedHob& hob, KnownGuid name) {
  put(bytes, guid_of(name));
  put_range(bytes, hob);
  put(bytes, std::uint64_t{hob.type});
}

void put_body(ByteList& bytes, const ListedHob& hob) {
  bytes.insert(bytes.end(), hob.data.begin(), hob.data.end());
  const auto length = static_cast<std::size_t>(std::min(hob.length, kBodyBytesMax));
  if (length > hob.data.size()) bytes.resize(bytes.size() + length - hob.data.size());
}

void put_bins(ByteList& bytes, const ListedHob& hob) {
  put(bytes, guid_of(KnownGuid::MemoryTypeInformation));
  for (const BinEntry& entry : hob.bins) put(bytes, entry);
}

std::uint16_t hob_type_of(const ListedHob& hob) {
  constexpr std::uint16_t kTypes[kHobKinds] = {EFI_HOB_TYPE_RESOURCE_DESCRIPTOR,
                                               EFI_HOB_TYPE_MEMORY_ALLOCATION,
                                               EFI_HOB_TYPE_MEMORY_ALLOCATION,
                                               EFI_HOB_TYPE_CPU,
                                               EFI_HOB_TYPE_FV,
                                               EFI_HOB_TYPE_FV2,
                                               EFI_HOB_TYPE_FV3,
                                               EFI_HOB_TYPE_UEFI_CAPSULE,
                                               EFI_HOB_TYPE_GUID_EXTENSION,
                                               EFI_HOB_TYPE_GUID_EXTENSION,
                                               EFI_HOB_TYPE_MEMORY_POOL,
                                               EFI_HOB_TYPE_UNUSED,
                                               0};
  if (hob.kind == HobKind::Raw) return static_cast<std::uint16_t>(hob.type);
  const bool second = hob.kind == HobKind::Resource && hob.second;
  if (second) return EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  return kTypes[static_cast<std::size_t>(hob.kind)];
}

void put_fields(ByteList& bytes, const ListedHob& hob) {
  switch (hob.kind) {
    case HobKind::Resource:
      put(bytes, guid_of(hob.name));
      put(bytes, hob.type);
      put(bytes, hob.attribute);
      put_range(bytes, hob);
      if (hob.second) put(bytes, hob.memory_attribute);
      return;
    case HobKind::Allocation:
      return put_allocation(bytes, hob, hob.name);
    case HobKind::Module:
      put_allocation(bytes, hob, KnownGuid::Module);
      put(bytes, EFI_GUID{});
      return put(bytes, hob.base);  // the entry point
    case HobKind::Cpu:
      return put(bytes, std::uint64_t{hob.type & 0xFFu});
    case HobKind::Fv:
    case HobKind::Capsule:
      return put_range(bytes, hob);
    case HobKind::Fv2:
      put_range(bytes, hob);
      return bytes.resize(bytes.size() + 32);
    case HobKind::Fv3:
      put_range(bytes, hob);
      return bytes.resize(bytes.size() + 40);
    case HobKind::Guid:
      put(bytes, guid_of(hob.name));
      return put_body(bytes, hob);
    case HobKind::Bins:
      return put_bins(bytes, hob);
    case HobKind::Pool:
    case HobKind::Unused:
    case HobKind::Raw:
      return put_body(bytes, hob);
  }
}

void put_hob(ByteList& bytes, const ListedHob& hob) {
  const std::size_t start = bytes.size();
  put(bytes, EFI_HOB_GENERIC_HEADER{hob_type_of(hob), 0, 0});
  put_fields(bytes, hob);
  bytes.resize(start + length_of(hob));
  const auto length = static_cast<std::uint16_t>(bytes.size() - start);
  std::memcpy(bytes.data() + start + 2, &length, sizeof length);
}

// The PHIT, all HOBs that fit, and END.
ByteList unpatched(const HobListInput& list) {
  ByteList bytes;
  bytes.reserve(kFirstHobOffset + 64 * list.hobs.size());
  bytes.resize(kFirstHobOffset);
  for (const ListedHob& hob : list.hobs) {
    if (bytes.size() + length_of(hob) > kListBytesMax - 8) break;
    put_hob(bytes, hob);
  }
  const std::size_t end = bytes.size();
  put(bytes, EFI_HOB_GENERIC_HEADER{EFI_HOB_TYPE_END_OF_HOB_LIST, 8, 0});
  EFI_HOB_HANDOFF_INFO_TABLE phit{};
  phit.Header = {EFI_HOB_TYPE_HANDOFF, sizeof phit, 0};
  phit.Version = EFI_HOB_HANDOFF_TABLE_VERSION;
  phit.EfiMemoryTop = list.top;
  phit.EfiMemoryBottom = list.bottom;
  phit.EfiFreeMemoryTop = list.free_top;
  phit.EfiFreeMemoryBottom = list.base + bytes.size();
  phit.EfiEndOfHobList = list.base + end;
  std::memcpy(bytes.data(), &phit, sizeof phit);
  return bytes;
}

}  // namespace

bool has_body(HobKind kind) {
  return kind == HobKind::Guid || kind == HobKind::Pool || kind == HobKind::Unused ||
         kind == HobKind::Raw;
}

std::size_t length_of(const ListedHob& hob) {
  constexpr std::size_t kLengths[kHobKinds] = {48, 48, 72, 16, 24, 56, 64, 24, 24, 24, 8, 8, 8};
  std::size_t length = kLengths[static_cast<std::size_t>(hob.kind)];
  if (hob.kind == HobKind::Resource && hob.second) length += 8;
  if (hob.kind == HobKind::Bins) length += 8 * hob.bins.size();
  if (has_body(hob.kind)) {
    const auto body = static_cast<std::size_t>(std::min(hob.length, kBodyBytesMax));
    length += std::max(body, hob.data.size());
  }
  return (length + 7) / 8 * 8;
}

std::vector<std::uint8_t> bytes_of(const HobListInput& list) {
  ByteList bytes = unpatched(list);
  const auto size = static_cast<std::int64_t>(bytes.size()) + list.give;
  bytes.resize(static_cast<std::size_t>(
      std::clamp<std::int64_t>(size, 0, static_cast<std::int64_t>(kListBytesMax))));
  for (const ListPatch& patch : list.patches) {
    if (patch.offset >= bytes.size()) continue;
    const std::size_t count = std::min(patch.bytes.size(), bytes.size() - patch.offset);
    std::copy_n(patch.bytes.begin(), count, bytes.data() + patch.offset);
  }
  return bytes;
}

}  // namespace hobnail::oracle
