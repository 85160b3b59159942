// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs that platforms build, and some that none should.
#pragma once

#include "properties/oracle/generate/operands.h"

namespace hobnail::oracle {

// Fills the operands of a CreateHob; well-formed ones describe the memory of `board`.
void choose_hob(Random& random, const GeneratorProfile& character, std::uint8_t board, Op& op);

}  // namespace hobnail::oracle
