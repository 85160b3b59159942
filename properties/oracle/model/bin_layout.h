// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// BinLayout: the memory that a boot's list sets apart for some types (docs/pei-semantics.md 2.12),
// as it stood when the memory had migrated.
//
//   home:   |  free  |  bin of the last entry  | ... |  bin of the first entry  |
//                    '------------------------- all ---------------------------'
//
// No PEI core must have bins, so the layout is a fact about the list; `use` says what is known of
// the core. Frozen: a PEIM may write into its HOBs later, and the bins stay where they are.
//
// Invariant: `bins` tile `all` downward, or there are none; `all` lies in `home`.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/region.h"

namespace hobnail::oracle {

struct BinOfType {
  std::uint32_t type = 0;  // memory type
  Region where;
};

struct BinLayout {
  enum class Use : std::uint8_t {
    Unused,   // the core's own memory goes over them, or nothing says where they are
    Apart,    // outside the memory that was installed: in use when pages are given out of them
    Certain,  // the core has taken them out of its other memory
  };

  Region home;                  // that a resource HOB names for bins; empty without one
  bool by_core = false;         // the core made that HOB, otherwise the platform did
  Region all;                   // what no HOB needs to describe while it is free
  std::vector<BinOfType> bins;  // empty where cores may place them differently
  Use use = Use::Unused;
};

}  // namespace hobnail::oracle
