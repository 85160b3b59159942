// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DxeConsumer: whoever takes the HOB list over when PEI is done, builds the memory map from it, and
// lets the operating system go. It is under test beside the target; its map is compared with the
// oracle's (reference_map.h).
//
//   PEI's HOB list --take_over--> consumer --get_memory_map--> map, key
//                                          --exit_boot_services(key)-->
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

// An EFI_MEMORY_DESCRIPTOR (UEFI 2.10 section 7.2).
struct MapEntry {
  std::uint32_t type = 0;       // EFI_MEMORY_TYPE
  std::uint64_t base = 0;       // a multiple of 4 KiB
  std::uint64_t pages = 0;      // of 4 KiB, not 0
  std::uint64_t attribute = 0;  // EFI_MEMORY_* bits

  [[nodiscard]] Region where() const { return {base, pages * kPage}; }
  friend bool operator==(const MapEntry&, const MapEntry&) = default;
};

struct MemoryMap {
  EFI_STATUS status = EFI_SUCCESS;
  std::vector<MapEntry> entries;  // in the order in which they were given
  std::uint64_t key = 0;
};

// What a consumer has, and how it is judged.
struct ConsumerTraits {
  std::string name = "DXE";
  // Its policies are those of the reference map, and compared exactly. Of others PI's demands alone
  // count (reader_checks.h).
  bool ours = true;
  bool needs_memory = false;      // it works in the memory of the list: boots only
  bool skips_malformed = false;   // it skips HOBs where others refuse the list
  bool well_formed_only = false;  // other lists are left out
  bool ignores_volumes = false;   // it reads no firmware volume and no capsule
  std::uint64_t free_memory = 0;  // bytes of PEI's free memory that it requires
  bool has_walk = false;
  bool has_map = true;
  bool has_exit = true;
  bool has_first_region = true;
};

// A HOB as a consumer's own walk has seen it.
struct WalkedHob {
  std::uint64_t offset = 0;  // from the PHIT
  std::uint64_t length = 0;
  std::uint32_t type = 0;
};

// The first of them, and the number of all.
struct ConsumerWalk {
  std::vector<WalkedHob> hobs;
  std::uint64_t count = 0;
};

class DxeConsumer {
 public:
  DxeConsumer() = default;
  virtual ~DxeConsumer() = default;
  DxeConsumer(const DxeConsumer&) = delete;
  DxeConsumer& operator=(const DxeConsumer&) = delete;

  [[nodiscard]] virtual const ConsumerTraits& traits() const {
    static const ConsumerTraits kOurs;
    return kOurs;
  }
  // Why the call that was just made has no result: an assertion of the consumer failed, or it broke
  // the consumer ABI. Empty when it has one.
  [[nodiscard]] virtual const std::string& stop_text() const {
    static const std::string kNone;
    return kNone;
  }

  // A new boot: takes over the list of these bytes, PHIT to END HOB. The PHIT's address is
  // EfiEndOfHobList less the offset of END, so the bytes may be a copy, and are one but for a
  // consumer that needs memory. `runtime_granularity` in bytes. Empty when the list can be worked
  // with; otherwise what is wrong and at which offset.
  [[nodiscard]] virtual std::string take_over(std::span<const std::uint8_t> hobs,
                                              std::uint64_t runtime_granularity) = 0;

  // Where the list was refused, from the PHIT; only after take_over has returned words.
  [[nodiscard]] virtual std::uint64_t refused_at() const { return 0; }

  // The HOBs of the list that was given last, at most `room` of them (ConsumerTraits::has_walk).
  [[nodiscard]] virtual ConsumerWalk walk(std::size_t /*room*/) { return {}; }

  // The first memory that DXE works in (docs/pei-semantics.md 4.2).
  [[nodiscard]] virtual Region first_region() = 0;

  [[nodiscard]] virtual MemoryMap get_memory_map() = 0;
  [[nodiscard]] virtual EFI_STATUS exit_boot_services(std::uint64_t key) = 0;

  // True while a consumer's code runs.
  [[nodiscard]] virtual bool in_call() const { return false; }

  // The list or boot is over: nothing of the consumer is called before the next take_over.
  virtual void leave() {}
};

}  // namespace hobnail::oracle
