// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SoundList: how far PI leaves it to a reader what it makes of a list. One reader refuses what is
// malformed or contradicts itself, another skips a HOB, a third takes the first of two: none is
// wrong. What no reader may do is read a list without a flaw in another way than it is written, or
// give away memory that a HOB without a flaw claims.
//
//   broken      the chain cannot be followed to an END HOB: no reader can take such a list
//   flaw        the first reason for which a reader may refuse it
//   oddity      the first reason for which no byte is read in another way: a reserved field or
//               value, a PHIT whose memory is not tested
//   incomplete  the first HOB that PI requires at the hand-off (PI 1.8 Vol 1 9.3) and that is not
//               there
//   sound       the HOBs are read in one way: but for doubtful claims the map follows from the list
//   doubtful    (of a claim) malformed, or it contradicts another one: it may have been dropped,
//               and what becomes of the pages around it follows from nothing
//
//   claims   [runtime, not in granules]      [allocation]
//   granules |                    |                    |
//   doubt    [####################]                         wide_first, wide_past
//
// Invariants: claims are whole pages, rounded outward; a list with a broken chain or a wrong PHIT
// is not sound; a list with a doubtful claim has a flaw.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/dxe/reference_map.h"
#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail::oracle {

// Pages of one HOB: numbers of pages, so that no end wraps.
struct PageClaim {
  MemoryClaim::Kind kind = MemoryClaim::Kind::Device;
  std::uint64_t first = 0;
  std::uint64_t past = 0;
  std::uint32_t type = 0;  // of an allocation, EFI_MEMORY_TYPE
  bool of_bins = false;
  bool second = false;
  std::size_t offset = 0;  // of the HOB
  bool doubtful = false;
  std::uint64_t wide_first = 0;  // the pages that it makes doubtful: its own, or all granules
  std::uint64_t wide_past = 0;

  [[nodiscard]] bool is_allocation() const { return kind == MemoryClaim::Kind::Allocation; }
  [[nodiscard]] bool tested() const { return kind == MemoryClaim::Kind::Tested; }
  [[nodiscard]] bool overlaps(const PageClaim& other) const {
    return first < other.past && other.first < past;
  }
  [[nodiscard]] bool contains(const PageClaim& other) const {
    return first <= other.first && other.past <= past;
  }
  [[nodiscard]] bool has(std::uint64_t page) const { return first <= page && page < past; }
  [[nodiscard]] bool makes_doubtful(std::uint64_t page) const {
    return doubtful && wide_first <= page && page < wide_past;
  }
};

struct SoundList {
  bool broken = false;
  bool sound = true;
  std::optional<ListError> flaw;
  std::optional<ListError> oddity;
  std::optional<ListError> incomplete;
  std::vector<PageClaim> claims;   // resources that are memory, allocations that are not freed
  std::vector<PageClaim> volumes;  // firmware volumes and capsules, in memory or elsewhere
  // Pages of free memory that may have this EFI_MEMORY_TYPE, because a table asks for bins.
  std::array<std::uint64_t, 16> bin_pages{};

  // True when a reader may refuse the list, whatever it is completed with.
  [[nodiscard]] bool may_be_refused() const { return broken || flaw || oddity; }
  // True when a reader may keep the page as the place of a firmware volume or capsule.
  [[nodiscard]] bool in_volume(std::uint64_t page) const;
  // True when no claim is doubtful either.
  [[nodiscard]] bool certain() const;
};

// `granularity`: of runtime memory, bytes.
[[nodiscard]] SoundList judge_list(const ReferenceList& list, std::uint64_t granularity);

}  // namespace hobnail::oracle
