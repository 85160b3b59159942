// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// MapComparison: the first page of which a consumer's map and the reference map differ. One walk
// over the pages, with two strictness levels:
//
//   Exactness::List  every page, its type and all its attributes; a page that no HOB describes is
//                    not described. The list is all there is, so the policy of reference_map.h is
//                    compared exactly: of two HOBs that contradict each other a consumer has to
//                    choose as the reference does.
//   Exactness::Boot  a page of tested memory has its type, and no other page is usable. How other
//                    memory is described, allocations in it included, its cacheability and what is
//                    free in a bin are the consumer's choice. Only for a list without a flaw: of
//                    one in which PEIMs contradict each other or the target, dxe_checks.h asks for
//                    inequalities alone (nothing of the target's that is live is given away), and
//                    does not check the rest.
//
// Where DXE starts is likewise exact for a list (reference_start.h: place and length) and an
// inequality for a boot (dxe_checks.h: large enough, tested, clear of list and claims).
//
// Invariant: the lowest page that differs is reported, whatever the order of the reported map.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/dxe/reference_map.h"

namespace hobnail::oracle {

enum class Exactness : std::uint8_t { Boot, List };

struct PageDifference {
  std::uint64_t page = 0;             // its address
  std::optional<MapRange> reference;  // what holds it, if anything
  std::optional<MapEntry> reported;
};

// Memory whose description PI leaves to the consumer.
struct UnspecifiedMemory {
  Region bins;                           // a free page may have any type
  std::vector<MemoryClaim> allocations;  // not in tested memory: shown with their type, or not
};

[[nodiscard]] std::optional<PageDifference> first_difference(const ReferenceMap& reference,
                                                             std::vector<MapEntry> reported,
                                                             Exactness exactness,
                                                             const UnspecifiedMemory& choices = {});

}  // namespace hobnail::oracle
