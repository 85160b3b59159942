// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The MemoryTypeInformation table of a GUID HOB: entries of a memory type and a number of pages,
// which one of type EfiMaxMemoryType ends.
//
// Invariant: nothing is read past the HOB's data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct BinTable {
  struct Entry {
    std::uint32_t type = 0;
    std::uint32_t pages = 0;
  };
  std::vector<Entry> entries;  // before the one that ends it
  bool ended = false;
};

// True for a GUID extension HOB of that name.
[[nodiscard]] bool is_bin_table(const oracle::HobView& view, const oracle::Hob& hob);
[[nodiscard]] BinTable bin_table_of(const oracle::HobView& view, const oracle::Hob& hob);

// "RuntimeServicesData 16 pages, RuntimeServicesCode 8 pages, end"
[[nodiscard]] std::string bin_table_text(const BinTable& table);

}  // namespace hobnail
