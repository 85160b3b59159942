// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// NumberForms and QuantityForms: the frozen short forms of memory types, HOB types, boot modes and
// quantities.
#pragma once

#include "properties/oracle/program/bytes/short_forms.h"

namespace hobnail::oracle {

// Quantities: escape + measure; the last byte is a literal once more.
using QuantityForms = ShortForms<Quantity, 0xF8>;
[[nodiscard]] const QuantityForms& quantity_forms(Operand operand);

using NumberForms = ShortForms<std::uint32_t, 0xFF>;
[[nodiscard]] const NumberForms& number_forms(Operand operand);

}  // namespace hobnail::oracle
