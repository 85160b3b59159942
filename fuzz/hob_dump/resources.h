// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The resource descriptors of a list, of either version: the second begins as the first, and adds
// a word of memory attributes.
//
// Invariant: in list order; only HOBs that are as long as their type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail {

struct ResourceHob {
  std::size_t index = 0;  // in the list
  std::uint32_t type = 0;
  std::uint32_t attribute = 0;  // EFI_RESOURCE_ATTRIBUTE_*
  pei::EFI_GUID owner{};
  oracle::Region range;
  bool second = false;                 // of the second version
  std::uint64_t memory_attribute = 0;  // EFI_MEMORY_*, of the second version

  [[nodiscard]] bool is_io() const;
  // Base and length leave the address space.
  [[nodiscard]] bool wraps() const;
  // Owned by MemoryTypeInformation.
  [[nodiscard]] bool of_bins() const;
  // Present, initialized and tested system memory, and not persistent.
  [[nodiscard]] bool is_tested_memory() const;
};

[[nodiscard]] bool is_resource(const oracle::Hob& hob);
[[nodiscard]] ResourceHob resource_at(const oracle::HobView& view, std::size_t index);
[[nodiscard]] std::vector<ResourceHob> resources_of(const oracle::HobView& view);

// True for a range that has a descriptor of each version.
[[nodiscard]] bool are_both_versions(const ResourceHob& one, const ResourceHob& other);

// True for the home of bins that lies within memory.
[[nodiscard]] bool is_home_of_bins(const ResourceHob& home, const ResourceHob& memory);

}  // namespace hobnail
