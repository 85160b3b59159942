// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The first memory that DXE works in, before it has a map of its own: docs/pei-semantics.md
// 4.2.
//
//   the resource that holds PEI's memory ("home")
//   |  (c) below the list  | list | (b) the gap |  pages  |   (a) above EfiMemoryTop    |
//                          PHIT   FreeBottom    FreeTop   MemoryTop
//
// The first of (a), (b), (c) that has a large enough free stretch serves; otherwise the highest
// other resource of tested memory that has one.
//
// Decided differently from EDK II: candidates are looked up in the finished map, so each is free of
// every allocation, whole or straddling (H26), of the list itself, and of whatever another resource
// reserves; (b) is looked up like the others; a gap below a page is empty, not gigantic (H25);
// nothing recurses (H27).
#pragma once

#include "core/dxe/hand_off.h"
#include "core/dxe/range_map.h"

namespace pei::dxe {

// DXE needs this much to start with, and its bins.
inline constexpr UINT64 kLeastFirstRegionBytes = 0x10000;

// The largest free stretch of the region that serves: free of HOBs and of the list, whole pages,
// `needed_bytes` or more. The error when PEI's memory has no home, or nothing serves.
[[nodiscard]] HandOffError find_first_region(const HandOff& hand_off, const RangeMap& map,
                                             UINT64 needed_bytes, AddressRange& region);

}  // namespace pei::dxe
