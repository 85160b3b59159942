// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The executor of HOB lists: lets readers read one after the other in a child, as Executor plays
// boots.
//
// Invariant: play() always comes back, within some seconds more than a list may take.
#pragma once

#include <cstdint>

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/execution/execution.h"
#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

class ListExecutor {
 public:
  // What `readers` names must live as long as this does.
  ListExecutor(const oracle::ListReaders& readers, const Limits& limits);

  // The context of such a execution says nothing: no boot was played. Its finding is of the
  // contract when the list is one that DXE has to take. There is no trace.
  [[nodiscard]] Execution play(const oracle::HobListInput& list, bool trace = false);

  // What comes next is played in a new child.
  void start_afresh() { process_.stop(); }

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;  // none: no service is called

 private:
  void reap(Execution& execution, Heard heard);

  WorkerProcess process_;
};

}  // namespace hobnail
