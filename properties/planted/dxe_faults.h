// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Consumers of HOB lists that are broken in one way each: dxe_faults() has them. One object of each
// kind, of the process: a boot begins with take_over, which forgets the one before.
#pragma once

#include "properties/planted/plain_dxe.h"

namespace hobnail::oracle {

[[nodiscard]] DxeConsumer* sound_dxe();

}  // namespace hobnail::oracle
