// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A target around another that stops at the first call that PI does not let a PEIM make, by a book
// of its own: what the generator, the decoder and the Model take for the contract is held to it.
#pragma once

#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

// To be given to wrapped::around().
[[nodiscard]] wrapped::Changes contract_guard();

}  // namespace hobnail::oracle
