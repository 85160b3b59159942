// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bins of a core that has them, as EDK II and the built-in core with bins do: found in the HOB
// list, and asked for room.
//
// Invariant: what a core is asked for follows from its own list and answers. A core that ignores
// the table, or the platform's range, has no bins, and is judged as if there were no table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "properties/oracle/model/boot_state.h"

namespace hobnail::oracle {

// Of the list right after the migration.
[[nodiscard]] BinLayout bins_at_migration(const BootState& now);

// What the bins of the list's table take; 0 without a table, nothing where cores read it in
// different ways.
[[nodiscard]] std::optional<std::uint64_t> bytes_for_bins(const BootState& now);

// True when the core serves pages from its bins: its list says so, or it has done so.
[[nodiscard]] bool bins_in_use(const BootState& now);

// Why the bin of `type` had room for so many pages and their HOBs; empty when there may have been
// none. Pages that no HOB describes count, and those that free HOBs do; a run of both does not.
// Under `pi` pages that were freed do not, and a core may need a little more.
[[nodiscard]] std::string explain_bin_room(const BootState& now, std::uint32_t type,
                                           std::uint64_t pages, std::uint64_t granularity);

}  // namespace hobnail::oracle
