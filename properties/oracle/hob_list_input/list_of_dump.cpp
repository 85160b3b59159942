// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/list_of_dump.h"

#include <algorithm>
#include <cstring>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::span<const std::uint8_t>;

template <typename T>
T field(Bytes bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

KnownGuid name_of(const EFI_GUID& guid) {
  if (same_guid(guid, EFI_HOB_MEMORY_ALLOC_STACK_GUID)) return KnownGuid::Stack;
  if (same_guid(guid, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID)) return KnownGuid::BspStore;
  if (same_guid(guid, EFI_HOB_MEMORY_ALLOC_MODULE_GUID)) return KnownGuid::Module;
  if (same_guid(guid, EFI_MEMORY_TYPE_INFORMATION_GUID)) return KnownGuid::MemoryTypeInformation;
  return KnownGuid::None;
}

// The body is what follows `skipped` bytes; trailing zeroes are left to the length.
ListedHob with_body(HobKind kind, Bytes bytes, const Hob& hob, std::size_t skipped) {
  ListedHob listed;
  listed.kind = kind;
  listed.length = std::min<std::uint64_t>(hob.length - skipped, kBodyBytesMax);
  const Bytes body = bytes.subspan(hob.offset + skipped, static_cast<std::size_t>(listed.length));
  listed.data.assign(body.begin(), body.end());
  while (!listed.data.empty() && listed.data.back() == 0) listed.data.pop_back();
  return listed;
}

ListedHob with_range(HobKind kind, Bytes bytes, const Hob& hob, std::size_t base_offset) {
  ListedHob listed;
  listed.kind = kind;
  listed.base = field<std::uint64_t>(bytes, hob.offset + base_offset);
  listed.length = field<std::uint64_t>(bytes, hob.offset + base_offset + 8);
  return listed;
}

ListedHob allocation(Bytes bytes, const Hob& hob) {
  const bool module = hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE);
  ListedHob listed = with_range(module ? HobKind::Module : HobKind::Allocation, bytes, hob, 24);
  listed.type = field<std::uint32_t>(bytes, hob.offset + 40);
  if (!module) listed.name = name_of(field<EFI_GUID>(bytes, hob.offset + 8));
  return listed;
}

ListedHob resource(Bytes bytes, const Hob& hob) {
  ListedHob listed = with_range(HobKind::Resource, bytes, hob, 32);
  listed.type = field<std::uint32_t>(bytes, hob.offset + 24);
  listed.attribute = field<std::uint32_t>(bytes, hob.offset + 28);
  listed.name = name_of(field<EFI_GUID>(bytes, hob.offset + 8));
  listed.second = hob.type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  if (listed.second) listed.memory_attribute = field<std::uint64_t>(bytes, hob.offset + 48);
  return listed;
}

ListedHob guid_extension(Bytes bytes, const Hob& hob) {
  const KnownGuid name = name_of(field<EFI_GUID>(bytes, hob.offset + 8));
  const std::size_t room = (hob.length - 24u) / 8;
  if (name != KnownGuid::MemoryTypeInformation || room > kBinsMax) {
    ListedHob listed = with_body(HobKind::Guid, bytes, hob, 24);
    listed.name = name;
    return listed;
  }
  ListedHob listed;
  listed.kind = HobKind::Bins;
  for (std::size_t at = hob.offset + 24u; at + 8 <= hob.offset + std::size_t{hob.length}; at += 8) {
    listed.bins.push_back({field<std::uint32_t>(bytes, at), field<std::uint32_t>(bytes, at + 4)});
  }
  return listed;
}

ListedHob raw(Bytes bytes, const Hob& hob) {
  ListedHob listed = with_body(HobKind::Raw, bytes, hob, 8);
  listed.type = hob.type;
  return listed;
}

ListedHob listed_of(Bytes bytes, const Hob& hob) {
  const std::uint16_t fixed = fixed_hob_length(hob.type);
  const bool module = hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                      hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE);
  const bool allocates = module || (hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                                    hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION));
  if (allocates) return allocation(bytes, hob);
  if (hob.type == EFI_HOB_TYPE_GUID_EXTENSION && hob.length >= 24) {
    return guid_extension(bytes, hob);
  }
  if (hob.type == EFI_HOB_TYPE_MEMORY_POOL) return with_body(HobKind::Pool, bytes, hob, 8);
  if (hob.type == EFI_HOB_TYPE_UNUSED) return with_body(HobKind::Unused, bytes, hob, 8);
  if (fixed == 0 || hob.length != fixed) return raw(bytes, hob);
  switch (hob.type) {
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR:
    case EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2:
      return resource(bytes, hob);
    case EFI_HOB_TYPE_FV:
      return with_range(HobKind::Fv, bytes, hob, 8);
    case EFI_HOB_TYPE_FV2:
      return with_range(HobKind::Fv2, bytes, hob, 8);
    case EFI_HOB_TYPE_FV3:
      return with_range(HobKind::Fv3, bytes, hob, 8);
    case EFI_HOB_TYPE_UEFI_CAPSULE:
      return with_range(HobKind::Capsule, bytes, hob, 8);
    case EFI_HOB_TYPE_CPU: {
      ListedHob cpu;
      cpu.type = bytes[hob.offset + 8u];
      return cpu;
    }
    default:
      return raw(bytes, hob);
  }
}

// One patch for each run of bytes that differ; short runs of equal ones do not end it.
void patch_what_differs(HobListInput& list, Bytes wanted) {
  const std::vector<std::uint8_t> got = bytes_of(list);
  constexpr std::size_t kGap = 8;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    if (got[at] == wanted[at]) continue;
    std::size_t end = at + 1;
    for (std::size_t i = end; i < wanted.size() && i < end + kGap; ++i) {
      if (got[i] != wanted[i]) end = i + 1;
    }
    list.patches.push_back({static_cast<std::uint32_t>(at),
                            {wanted.begin() + static_cast<std::ptrdiff_t>(at),
                             wanted.begin() + static_cast<std::ptrdiff_t>(end)}});
    at = end;
  }
}

}  // namespace

HobListInput list_of_dump(Bytes bytes) {
  bytes = bytes.first(std::min(bytes.size(), kListBytesMax));
  HobView view;
  walk_hobs(bytes, view);
  HobListInput list;
  for (const Hob& hob : view.hobs) {
    if (hob.type == EFI_HOB_TYPE_END_OF_HOB_LIST) break;
    if (hob.offset == 0 && hob.length >= sizeof(EFI_HOB_HANDOFF_INFO_TABLE)) {
      const auto phit = field<EFI_HOB_HANDOFF_INFO_TABLE>(bytes, 0);
      list.bottom = phit.EfiMemoryBottom;
      list.free_top = phit.EfiFreeMemoryTop;
      list.top = phit.EfiMemoryTop;
      list.base = phit.EfiEndOfHobList;  // less the offset of END, below
      continue;
    }
    if (list.hobs.size() == kListHobsMax) break;
    list.hobs.push_back(listed_of(bytes, hob));
  }
  std::size_t end = kFirstHobOffset;
  for (const ListedHob& hob : list.hobs) {
    if (end + length_of(hob) > kListBytesMax - 8) break;
    end += length_of(hob);
  }
  if (!view.hobs.empty()) list.base -= end;
  list.give = static_cast<std::int32_t>(bytes.size()) - static_cast<std::int32_t>(end + 8);
  patch_what_differs(list, bytes);
  return list;
}

}  // namespace hobnail::oracle
