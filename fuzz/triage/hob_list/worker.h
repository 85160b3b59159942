// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The worker of HOB lists, as fuzz/triage/boot/worker.h is of boots.
//
//   parent --[list]--> worker --[outcome]--> parent
#pragma once

#include "properties/oracle/dxe/hob_list_checks.h"

namespace hobnail {

struct ListWorkerSetup {
  oracle::ListReaders readers;
  double seconds = 20;  // of one list
};

// Returns when the parent is gone.
void be_list_worker(const ListWorkerSetup& setup);

}  // namespace hobnail
