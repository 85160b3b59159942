// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our consumer of the HOB list (core/dxe) behind the oracle's interface, as hobnail_core.cpp is for
// the services.
//
//   oracle --DxeConsumer--> this --core/dxe--> map
#pragma once

#include "properties/oracle/dxe/dxe_consumer.h"

namespace pei {

// A HOB that was not taken as it stands, and why (core/dxe/rejections.h).
struct RejectedHob {
  std::uint64_t offset = 0;  // from the start of the list
  const char* reason = "";   // one sentence without a full stop
};

// Of the list that builtin_dxe() was given last: the first of them in the order in which they were
// found, and the number of all.
struct RejectedHobs {
  std::vector<RejectedHob> hobs;
  std::uint64_t count = 0;
};
RejectedHobs builtin_rejections();

// The one instance: its storage, for lists of tens of thousands of HOBs, is static. One boot at a
// time; take_over starts the next.
hobnail::oracle::DxeConsumer& builtin_dxe();

}  // namespace pei
