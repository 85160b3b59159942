// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeConsumer: whoever takes the HOB list over when PEI is done, builds the memory map from it, and
// lets the operating system go. The oracle has its own idea of what the map must be; a consumer is
// under test beside the target.
//
//   PEI's HOB list --take_over--> consumer --get_memory_map--> map, key
//                                          <--exit_boot_services-- key
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {

// An EFI_MEMORY_DESCRIPTOR (UEFI 2.10 section 7.2).
struct MapEntry {
  std::uint32_t type = 0;       // EFI_MEMORY_TYPE
  std::uint64_t base = 0;       // a multiple of 4 KiB
  std::uint64_t pages = 0;      // of 4 KiB, not 0
  std::uint64_t attribute = 0;  // EFI_MEMORY_* bits

  friend bool operator==(const MapEntry&, const MapEntry&) = default;
};

struct MemoryMap {
  EFI_STATUS status = EFI_SUCCESS;
  std::vector<MapEntry> entries;  // in the order in which they were given
  std::uint64_t key = 0;
};

class DxeConsumer {
 public:
  DxeConsumer() = default;
  virtual ~DxeConsumer() = default;
  DxeConsumer(const DxeConsumer&) = delete;
  DxeConsumer& operator=(const DxeConsumer&) = delete;

  // A new boot: takes over the list of these bytes, PHIT to END HOB. The PHIT's address is
  // EfiEndOfHobList less the offset of END, so the bytes may be a copy. `runtime_granularity` in
  // bytes. Empty when the list can be worked with; otherwise what is wrong and at which offset.
  [[nodiscard]] virtual std::string take_over(std::span<const std::uint8_t> hobs,
                                              std::uint64_t runtime_granularity) = 0;

  // The first memory that DXE works in (docs/pei-semantics.md 4.2).
  [[nodiscard]] virtual Region first_region() = 0;

  [[nodiscard]] virtual MemoryMap get_memory_map() = 0;
  [[nodiscard]] virtual EFI_STATUS exit_boot_services(std::uint64_t key) = 0;
};

}  // namespace hobnail::oracle
