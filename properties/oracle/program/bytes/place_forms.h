// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PlaceForms: the frozen short forms of places.
#pragma once

#include "properties/oracle/program/bytes/short_forms.h"

namespace hobnail::oracle {

// Places: escape + anchor, and escape + 16 + anchor when the offset counts bytes where the operand
// would count pages (`&p0`).
using PlaceForms = ShortForms<Place, 0xE0>;
inline constexpr std::uint8_t kCountsBytes = 16;
[[nodiscard]] const PlaceForms& place_forms(Operand operand);

}  // namespace hobnail::oracle
