// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our consumer of the HOB list (core/dxe) behind the oracle's interface, as hobnail_core.cpp is for
// the services.
//
//   oracle --DxeConsumer--> this --core/dxe--> map
#pragma once

#include "properties/oracle/dxe/dxe_consumer.h"

namespace pei {

// The one instance: its storage, for lists of tens of thousands of HOBs, is static. One boot at a
// time; take_over starts the next.
oracle::DxeConsumer& builtin_dxe();

}  // namespace pei
