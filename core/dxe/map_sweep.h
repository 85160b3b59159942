// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From claims to the map: one sweep from the lowest address to the highest, with the claims that
// cover the present page in a chain.
//
//   claims   ======resource=================      ====device====
//                 ##allocation##      ~~~bin~~~
//   emitted  |Conv|    type    | Conv |  type | Conv|            (devices are not shown)
//
// Who wins a page (EDK II: the earlier HOB, and the later one vanishes as a whole):
//   resources    the one that gives least, so that no page comes out as free that anyone calls
//                reserved; where they give the same, a second version before a first, then the
//                earlier, a bin's after all others
//   allocations  the type that lives longest, then the earlier
//   both         the allocation, where memory is given out (system, persistent, unaccepted). Where
//                a resource that is not lies over system memory: the allocation only when it
//                outlives firmware, so that runtime code stays mapped; else the resource
//   bins         system memory that no one has allocated
//
// Cost: n log n for the order, then n times the depth of the chain, 2 or 3 in a sane list.
#pragma once

#include "core/dxe/claims.h"
#include "core/dxe/range_map.h"

namespace pei::dxe {

// Sorts `claims` and appends to `map`, which is empty. False when the map has no room.
[[nodiscard]] bool sweep_claims(Claims& claims, RangeMap& map, Rejections& rejections);

}  // namespace pei::dxe
