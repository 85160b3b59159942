// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a PEIM writes into a HOB that it has created. A memory allocation HOB is made well-formed at
// once, before the next call: the core reads these, and a PEIM that left garbage there would be at
// fault itself. It never describes memory of the board, which is the core's to describe.
#pragma once

#include "core/pi/hob.h"
#include "properties/oracle/model/model.h"

namespace pei::oracle {

// Fills the body of a HOB that was just created, by the op's body and data.
void write_hob_body(Board& board, Model& model, Allocation& hob, const Op& op);

// Brings a memory allocation HOB of a PEIM back into shape after its owner has written to it.
void keep_well_formed(Board& board, Allocation& hob);

}  // namespace pei::oracle
