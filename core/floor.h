// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Floor: how low pages may reach. It rises when the list grows.
//
//   | list | room |                                     | pages       no pages move
//          list_end                                     ^ floor
//
//   | list | room | up to a granule | pages of temporary RAM | pages  the window
//          list_end                 ^ moving_base            ^ floor
//
// Invariant: pages that move do so by whole granules, so that runtime memory stays aligned (I72);
// so with a larger granule there is a gap between the list and where they can come to lie.
#pragma once

#include "core/address.h"

namespace pei {

struct Floor {
  UINT64 list_end = 0;     // one past the list as it is, with the room that is kept for it
  UINT64 free_growth = 0;  // bytes that the list may grow before list_end moves
  AddressRange moving;     // the pages of temporary RAM that the migration puts on top of the list
  UINT64 granule = 1;      // they move by a multiple of it

  // The lowest place for the moving pages, when the list grows by so much. Nothing when that is no
  // address.
  [[nodiscard]] Maybe<UINT64> moving_base(UINT64 growth_bytes) const {
    const UINT64 grown = growth_bytes > free_growth ? growth_bytes - free_growth : 0;
    const Maybe<UINT64> end = add(list_end, grown);
    if (!end) return {};
    return add(*end, (moving.base() - *end) & (granule - 1));
  }

  // One past everything that pages must stay above.
  [[nodiscard]] Maybe<UINT64> above(UINT64 growth_bytes) const {
    const Maybe<UINT64> base = moving_base(growth_bytes);
    if (!base) return {};
    return add(*base, moving.size_bytes());
  }
};

}  // namespace pei
