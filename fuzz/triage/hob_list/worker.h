// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The worker of HOB lists: the child's side, as worker.h is of boots.
//
//   parent --[size, 0, bytes of a list]--> worker
//   parent <--[size, last, bytes of an outcome]-- worker
#pragma once

#include "properties/oracle/dxe/hob_list_checks.h"

namespace hobnail {

struct ListWorkerSetup {
  oracle::ListReaders readers;
  double seconds = 20;  // of one list
  int channel = -1;     // a stream socket to the parent
  int words = -1;       // where stdout and stderr go
};

// To be called in a child that has just been forked.
[[noreturn]] void be_list_worker(const ListWorkerSetup& setup);

}  // namespace hobnail
