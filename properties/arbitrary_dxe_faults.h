// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Consumers of HOB lists that are broken in one way each. One object of each kind, of the process:
// a boot begins with take_over, which forgets the one before.
#pragma once

#include "properties/arbitrary_dxe.h"

namespace pei::oracle {

[[nodiscard]] DxeConsumer* refuses_the_list();
[[nodiscard]] DxeConsumer* begins_in_the_list();
[[nodiscard]] DxeConsumer* gives_runtime_memory_away();
[[nodiscard]] DxeConsumer* takes_any_key();
[[nodiscard]] DxeConsumer* takes_no_key();
[[nodiscard]] DxeConsumer* writes_into_runtime_memory();
[[nodiscard]] DxeConsumer* sound_dxe();

}  // namespace pei::oracle
