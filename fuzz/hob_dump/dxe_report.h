// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeReport: what a consumer of HOB lists makes of one: taken or refused, and its memory map; of
// Hobnail's own also where it starts, and the HOBs that it did not take as they stand.
//
// Invariant: nothing behind the END HOB is read, whatever the bytes hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct DxeReport {
  struct Place {
    std::size_t index = 0;     // of a HOB
    std::uint64_t offset = 0;  // from the PHIT, of the HOB or of the field
    std::string why;           // one sentence without a full stop
  };
  std::string name = "DXE";  // of the consumer
  bool left_out = false;     // it is made for well-formed lists: it was not asked
  bool taken = false;
  bool has_first = true;                 // it says where it starts
  bool has_map = true;                   // it has a memory map
  Place refusal;                         // when it is not taken
  oracle::Region first;                  // the memory that it starts in
  std::vector<oracle::MapEntry> map;     // ascending
  std::vector<Place> not_as_they_stand;  // in the order of the list
  std::size_t more = 0;                  // further ones
};

[[nodiscard]] DxeReport dxe_report(std::span<const std::uint8_t> bytes,
                                   std::uint64_t granularity = oracle::kPage);
// Of another consumer, one that needs no memory.
[[nodiscard]] DxeReport dxe_report(std::span<const std::uint8_t> bytes, std::uint64_t granularity,
                                   oracle::DxeConsumer& consumer);

// "taken, starts in [..) 1 MiB", or "refused at HOB 3, offset 0x78: WHY".
[[nodiscard]] std::string dxe_verdict(const DxeReport& report);
// The whole of it, in lines.
[[nodiscard]] std::string dxe_text(const DxeReport& report);
[[nodiscard]] nlohmann::json dxe_json(const DxeReport& report);

}  // namespace hobnail
