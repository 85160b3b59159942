// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A target around another that stops at the first call outside the contract, by an allocation table
// of its own: it checks the contract of the generator, the decoder and the model.
#pragma once

#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

// To be given to wrapped::around().
[[nodiscard]] wrapped::Changes contract_guard();

}  // namespace hobnail::oracle
