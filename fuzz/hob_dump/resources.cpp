// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Resource descriptors as values.
#include "fuzz/hob_dump/resources.h"

namespace hobnail {

using oracle::Hob;
using oracle::HobView;

bool ResourceHob::is_io() const {
  return type == pei::EFI_RESOURCE_IO || type == pei::EFI_RESOURCE_IO_RESERVED;
}

bool ResourceHob::wraps() const { return range.size != 0 && range.end() - 1 < range.base; }

bool ResourceHob::of_bins() const {
  return oracle::same_guid(owner, pei::EFI_MEMORY_TYPE_INFORMATION_GUID);
}

bool ResourceHob::is_tested_memory() const {
  constexpr std::uint32_t kState = pei::EFI_RESOURCE_ATTRIBUTE_PRESENT |
                                   pei::EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                                   pei::EFI_RESOURCE_ATTRIBUTE_TESTED;
  constexpr std::uint32_t kMask = kState | pei::EFI_RESOURCE_ATTRIBUTE_PERSISTENT;
  return type == pei::EFI_RESOURCE_SYSTEM_MEMORY && (attribute & kMask) == kState;
}

bool is_resource(const Hob& hob) {
  return (hob.type == pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR ||
          hob.type == pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2) &&
         hob.length >= oracle::fixed_hob_length(hob.type);
}

ResourceHob resource_at(const HobView& view, std::size_t index) {
  const Hob& hob = view.hobs[index];
  const auto first = view.read<pei::EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
  ResourceHob found;
  found.index = index;
  found.type = first.ResourceType;
  found.attribute = first.ResourceAttribute;
  found.owner = first.Owner;
  found.range = {first.PhysicalStart, first.ResourceLength};
  found.second = hob.type == pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  if (found.second) {
    found.memory_attribute = view.read<pei::EFI_HOB_RESOURCE_DESCRIPTOR2>(hob).Attributes;
  }
  return found;
}

std::vector<ResourceHob> resources_of(const HobView& view) {
  std::vector<ResourceHob> found;
  for (std::size_t i = 0; i < view.hobs.size(); ++i) {
    if (is_resource(view.hobs[i])) found.push_back(resource_at(view, i));
  }
  return found;
}

bool are_both_versions(const ResourceHob& one, const ResourceHob& other) {
  return one.second != other.second && one.type == other.type && one.range == other.range;
}

bool is_home_of_bins(const ResourceHob& home, const ResourceHob& memory) {
  return home.of_bins() && home.type == pei::EFI_RESOURCE_SYSTEM_MEMORY &&
         memory.type == home.type && memory.range.contains(home.range.base, home.range.size);
}

}  // namespace hobnail
