// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The player of HOB lists: lets readers read one after the other in a child, as Player plays boots.
//
// Invariant: play() always comes back, within some seconds more than a list may take.
#pragma once

#include <cstdint>

#include "fuzz/process/worker_process.h"
#include "fuzz/triage/trial/trial.h"
#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

class ListPlayer {
 public:
  // What `readers` names must live as long as this does.
  ListPlayer(const pei::oracle::ListReaders& readers, const Limits& limits);

  // The scene of such a trial says nothing: no boot was played. Its finding is of the contract when
  // the list is one that DXE has to take. There is no trace.
  [[nodiscard]] Trial play(const pei::oracle::HostileList& list, bool trace = false);

  // What comes next is played in a new child.
  void start_afresh() { process_.stop(); }

  std::uint64_t executions = 0;
  std::uint64_t ops = 0;  // none: no service is called

 private:
  void bury(Trial& trial, Heard heard);

  WorkerProcess process_;
};

}  // namespace hobnail
