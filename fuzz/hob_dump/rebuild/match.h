// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How far simulated slots are the wanted ones, and the search for the page services between two
// states.
//
// A slot is *promised* when it still holds a live allocation that contains what the wanted list
// shows as freed there: one FreePages makes it true, at the end or when a later slot needs a piece.
#pragma once

#include <cstddef>
#include <optional>

#include "fuzz/hob_dump/rebuild/slots.h"
#include "fuzz/hob_dump/rebuild/state.h"

namespace hobnail {

enum class Match : std::uint8_t { No, Promised, Exact };

[[nodiscard]] Match match_slot(const Slot& now, const Slot& wanted, bool pages);

// The first slot that is neither exact nor promised; the length of the shorter list if all are.
[[nodiscard]] std::size_t first_difference(const Slots& now, const HobState& wanted);

// Frees what slot `index` of the wanted list shows as freed. False when that is not possible.
bool keep_promise(Slots& now, const HobState& wanted, std::size_t index);

// The shortest run of page services (at most 4) after which slot `from` is no difference any more.
// `budget` counts the states that may still be tried.
[[nodiscard]] std::optional<Slots> search_pages(const Slots& now, const HobState& wanted,
                                                std::size_t from, std::size_t& budget);

}  // namespace hobnail
