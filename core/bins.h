// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins: memory that is set apart for one type each, so that the runtime part of the memory map is
// the same in every boot (docs/pei-semantics.md 2.12). What is remembered of them; how they
// come about is in bin_plan.h.
//
//   all:   |   bin of the last entry   | ... |          bin of the first entry          |
//                                            range.base    free <-- top   pages   range.end
//
// Invariant: bins tile `all` without a gap; in each, range.base <= top <= range.end. EDK II leaves
// the highest and the lowest page of every bin unused, because it takes an inclusive end for an
// exclusive one (6.2, H12); ours serve every page.
#pragma once

#include "core/address.h"
#include "core/page_region.h"

namespace pei {

// As many as there are types that AllocatePages gives out.
inline constexpr UINTN kMostBins = 9;

struct Bin {
  UINT32 type;
  AddressRange range;
  UINT64 top;  // the lowest page given out of it
};

struct Bins {
  UINT32 count;  // 0: there are none
  AddressRange all;
  Bin bins[kMostBins];
};

// nullptr: the type has none.
inline Bin* bin_of_type(Bins& bins, UINT32 type) {
  for (UINT32 i = 0; i < bins.count; ++i) {
    if (bins.bins[i].type == type) return &bins.bins[i];
  }
  return nullptr;
}

// nullptr: the address lies in none.
inline Bin* bin_at(Bins& bins, UINT64 address) {
  for (UINT32 i = 0; i < bins.count; ++i) {
    if (bins.bins[i].range.contains(address)) return &bins.bins[i];
  }
  return nullptr;
}

// Where pages of a bin come from.
inline PageRegion region_of(Bin& bin) {
  PageRegion region = {};
  region.top = &bin.top;
  region.floor.list_end = bin.range.base();
  region.given = AddressRange::between(bin.top, bin.range.end());
  region.floor.free_growth = kHighestAddress;  // the list grows elsewhere
  return region;
}

}  // namespace pei
