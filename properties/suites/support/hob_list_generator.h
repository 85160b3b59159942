// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOB lists drawn at random together with what they mean, page by page. The answer is known by
// construction, from what was drawn and not from the list: that holds the core, and the oracle's
// ReferenceMap, to something that reads no HOB. For contradicting lists there is no such answer,
// and the suite checks inequalities.
//
//   page       0    1    2    3    4    5    6    7    8    9
//   resource   [ system memory          ][ MMIO   ][ reserved ]
//   allocation      [ 6     ]                       [ 4 ]
//   -> type    7    6    6    7    7    -    -    0    0    0
#pragma once

#include <rapidcheck.h>

#include <optional>
#include <vector>

#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {

// Pages that lists describe: [kOrigin, kOrigin + kWorldPages pages).
inline constexpr UINT64 kOrigin = 0x40000000;
inline constexpr UINT64 kWorldPages = 160;

constexpr UINT64 address_of_page(UINT64 page) { return kOrigin + page * 0x1000; }

struct World {
  std::vector<UINT8> list;
  PeiMemory pei;
  // Per page: its type in the map; nothing where it is not shown.
  std::vector<std::optional<UINT32>> types;
  // Per page: the attributes of its resource.
  std::vector<UINT32> attributes;
};

// A list with which nothing is wrong: resources disjoint, allocations disjoint (but for DxeIpl's
// doubles) and each in one resource, whole pages, PEI's memory in tested memory.
[[nodiscard]] World arbitrary_world();

// A claim of a wild list, in bytes.
struct Saying {
  UINT64 base;
  UINT64 bytes;
  UINT32 type;       // of memory or of the resource
  UINT32 attribute;  // of a resource
};

// A list in which resources and allocations of any place and length contradict each other; the
// first resource is tested memory around PEI's.
struct WildWorld {
  std::vector<UINT8> list;
  std::vector<Saying> resources;
  std::vector<Saying> allocations;
};
[[nodiscard]] WildWorld arbitrary_wild_world();

// The list with a few bytes of it changed, cut or grown; sometimes nothing but noise.
[[nodiscard]] std::vector<UINT8> arbitrary_wounds(std::vector<UINT8> list);

}  // namespace pei::test
