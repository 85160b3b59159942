// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PlainMap: the memory map of a list that PlainList has no objection to, decided stretch by stretch
// from what every HOB says of it, and where DXE can start. Counted in pages: no sum can wrap.
//
//   HOBs --> sayings about pages --> for each stretch between two edges: who says what --> entries
//
// The decisions are those of docs/decisions.md, "DXE drops no HOB": of allocations the longest life
// wins, of resources the one that gives least, what protects is rounded outward and what offers
// inward. docs/pei-semantics.md 4.2, 4.3, 4.5.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail::oracle {

// What a HOB says of the pages [first, past).
struct PlainSaying {
  enum class Kind : std::uint8_t {  // of resources, the less it gives the later
    Tested,
    Persistent,
    Unaccepted,
    Untested,
    Reserved,
    Device,
    Allocation,
    Bin,
  };
  Kind kind = Kind::Device;
  std::uint64_t first = 0;
  std::uint64_t past = 0;
  std::uint32_t type = 0;       // of memory
  std::uint64_t attribute = 0;  // EFI_MEMORY_*, of a resource
  bool of_bins = false;         // a resource that is set apart for bins
  std::size_t offset = 0;       // of the HOB
};

class PlainMap {
 public:
  // `granularity`: of runtime memory, bytes, a power of two.
  PlainMap(const PlainList& list, std::uint64_t granularity);

  [[nodiscard]] const std::vector<PlainSaying>& sayings() const { return sayings_; }
  // Ascending, disjoint, merged.
  [[nodiscard]] const std::vector<MapEntry>& entries() const { return entries_; }
  // What the bins take together, in bytes; 0 without a table that makes sense.
  [[nodiscard]] std::uint64_t bin_bytes() const { return bin_bytes_; }

 private:
  void say_resource(const PlainHob& hob);
  void say_allocation(const PlainHob& hob);
  void say(PlainSaying saying, std::uint64_t base, std::uint64_t length);
  void say_bins(std::uint64_t granularity);
  void decide_all();
  void decide(std::uint64_t first, std::uint64_t past);
  void append(std::uint32_t type, std::uint64_t attribute, std::uint64_t first, std::uint64_t past);

  const PlainList& list_;
  std::uint64_t limit_;  // pages
  std::vector<PlainSaying> sayings_;
  std::vector<MapEntry> entries_;
  std::uint64_t bin_bytes_ = 0;
};

// True for a resource that memory can be taken from at once, and is not for bins.
[[nodiscard]] bool is_plain_memory(const PlainList& list, const PlainHob& hob);
// True for system memory that is present, initialized and tested, and not persistent.
[[nodiscard]] bool is_tested(const PlainList& list, const PlainHob& hob);
// True for a resource that is owned by the MemoryTypeInformation GUID.
[[nodiscard]] bool is_for_bins(const PlainList& list, const PlainHob& hob);

// The bins of the list's table, by type and bytes, in its order; each a multiple of `granularity`.
struct PlainBin {
  std::uint32_t type = 0;
  std::uint64_t bytes = 0;
};
[[nodiscard]] std::vector<PlainBin> plain_bins(const PlainList& list, std::uint64_t granularity);

// Where DXE has to start: in one of these places there is a free stretch of `bytes`, and in none
// longer. Nothing, and an objection, when there is no such place.
struct PlainStart {
  std::uint64_t from = 0;  // addresses
  std::uint64_t to = 0;
  std::uint64_t bytes = 0;
};
[[nodiscard]] std::optional<PlainStart> plain_start(const PlainList& list, const PlainMap& map,
                                                    Objection& objection);

}  // namespace hobnail::oracle
