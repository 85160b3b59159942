// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReaderMap: what PI demands of the memory map of a reader whose policies are its own.
//
//   always   descriptors are ranges of pages and disjoint; runtime memory has EFI_MEMORY_RUNTIME,
//            and neither reusable nor ACPI memory has; what an allocation HOB without a flaw claims
//            is not usable, unless its type is
//   sound    each page of tested memory that no doubtful claim concerns is there, with the type of
//            its allocation HOB or free, and no other page is usable; not all free memory is kept
//
// Order, merging, other attributes, how memory that is not tested is described, and which free
// memory the reader keeps, as memory of any type up to EfiACPIMemoryNVS, are its choice, and so is
// the type of a firmware volume's or capsule's place that it keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/dxe/sound_list.h"

namespace hobnail::oracle {

struct MapComplaint {
  std::uint64_t offset = 0;  // of the HOB that is misread
  std::string text;
};

// A descriptor in words: where, and of which type.
[[nodiscard]] std::string descriptor_text(const MapEntry& entry);

[[nodiscard]] std::vector<MapEntry> sorted_by_base(std::vector<MapEntry> entries);

[[nodiscard]] std::optional<MapComplaint> check_reader_map(const SoundList& list,
                                                           const std::vector<MapEntry>& entries,
                                                           const ConsumerTraits& traits);

}  // namespace hobnail::oracle
