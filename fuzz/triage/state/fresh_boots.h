// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FreshBoots: runs a series of boots in a process that has run none before, and reports the last.
//
//   this process --series--> a child that runs no boot itself --fork--> boots, one after the other
//
// Invariant: the child is made with the object. Boots that this process runs later leave no state
// in it.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/process/worker_process.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

class FreshBoots {
 public:
  struct Ask {
    bool trace = false;
    bool thorough = false;  // whatever the options of the runs say
  };

  // To be made before this process runs its first boot. `seconds`: limit of one boot.
  FreshBoots(const hobnail_target& target, const oracle::RunOptions& run, double seconds);

  // How `boot` goes after `history`. A boot of the history that ends its process takes the state
  // of those before it along. Throws std::runtime_error when there is no process.
  [[nodiscard]] oracle::Outcome run(const std::vector<oracle::Program>& history,
                                    const oracle::Program& boot, Ask ask);

  [[nodiscard]] std::size_t boots() const { return boots_; }  // that were run

 private:
  WorkerProcess process_;
  std::size_t boots_ = 0;
};

}  // namespace hobnail
