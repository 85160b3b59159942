// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// RequiredHobs: a list with the HOBs that PI requires at the hand-off (PI 1.8 Vol 1 9.3) and that
// its writer has left out. A reader may refuse a list for want of one: it is given this one then.
//
//   [PHIT][HOB]...[stack][firmware device][FV][module of the DXE Foundation][END]   gap   |##|##|
//                                                                       EfiFreeMemoryTop ^
//
// Invariant: but for the PHIT's cursors the HOBs of the list stay as they are; what is added claims
// pages that were free.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail::oracle {

// The first of the required HOBs that is missing, and where it would be.
[[nodiscard]] std::optional<ListError> missing_hob(const ReferenceList& list);

// The list with all of them. `list` must have no flaw. Nothing when it has no memory for them.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> with_required_hobs(
    const ReferenceList& list, std::uint64_t granularity);

}  // namespace hobnail::oracle
