// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReferenceMap: the oracle's one memory map of a HOB list. Every map that a consumer reports is
// compared with it (map_comparison.h), that of a simulated boot and that of a malformed list.
//
//   dxe_view (a boot)     --+
//                          +--> claims on pages --> for each stretch between two edges: who has it
//   list_claims (bytes)  --+                        --> ranges (one per claim) --> entries (merged)
//
// The decisions are those of docs/decisions.md, "DXE drops no HOB": of resources the one that gives
// least wins, of allocations the target's before a PEIM's, then the one with the longest life, then
// the earlier. Every stretch asks every claim: slow and obvious.
//
// This is a second implementation of a policy, not an auditor: PI does not say which of two HOBs
// that contradict each other wins. Where the policy is compared exactly, and where only with
// inequalities, says map_comparison.h.
//
// Invariant: ranges are whole pages, ascending and disjoint.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

// What one HOB claims of whole pages.
struct MemoryClaim {
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
  Region where;
  std::uint32_t type = 0;       // EFI_MEMORY_TYPE; of a resource, that of its free pages
  std::uint64_t attribute = 0;  // EFI_MEMORY_*, of a resource
  bool of_bins = false;         // a resource that is set apart for bins
  bool second = false;          // a resource descriptor of the second version
  bool by_peim = false;         // a PEIM wrote the HOB: the target does not answer for it
  bool stack = false;           // an allocation that is named by the stack GUID
  std::size_t offset = 0;       // of the HOB

  [[nodiscard]] bool tested() const { return kind == Kind::Tested; }
  // Of a resource: an allocation in it is shown with its own type.
  [[nodiscard]] bool gives_memory() const { return kind <= Kind::Unaccepted; }
};

// Pages of one claim, or of a resource without a claim.
struct MapRange {
  Region where;
  std::uint32_t type = 0;  // EFI_MEMORY_TYPE
  std::uint64_t attribute = 0;
};

class ReferenceMap {
 public:
  ReferenceMap() = default;
  explicit ReferenceMap(std::vector<MemoryClaim> claims);

  [[nodiscard]] const std::vector<MemoryClaim>& claims() const { return claims_; }
  // Touching ranges may be alike; freed pages (EfiConventionalMemory) are no claim.
  [[nodiscard]] const std::vector<MapRange>& ranges() const { return ranges_; }
  // The same as descriptors, touching ones that are alike merged.
  [[nodiscard]] const std::vector<MapEntry>& entries() const { return entries_; }
  // The range that holds `address`, or nullptr.
  [[nodiscard]] const MapRange* at(std::uint64_t address) const;
  // Bytes of the longest free stretch of whole pages in [from, to) that is clear of `spared`.
  [[nodiscard]] std::uint64_t longest_free(std::uint64_t from, std::uint64_t to,
                                           const Region& spared) const;

 private:
  void merge(const MapEntry& entry);

  std::vector<MemoryClaim> claims_;
  std::vector<MapRange> ranges_;
  std::vector<MapEntry> entries_;
};

// A range as a descriptor.
[[nodiscard]] MapEntry entry_of(const MapRange& range);

// True when each descriptor of runtime memory starts and ends on a multiple of `granularity`.
[[nodiscard]] bool in_granules(const std::vector<MapEntry>& entries, std::uint64_t granularity);

}  // namespace hobnail::oracle
