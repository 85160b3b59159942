// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Isolated: programs run in a child of this process, so that a target that crashes, hangs or
// damages the harness ends a child and is a finding. One child runs many programs; after its end
// the next child continues with the program after the one that ended it.
//
//   parent  <--pipe-- child: program 0, 1, 2 (crash)
//           <--pipe-- child: program 3, 4, ...
//
// Invariant: the sink gets one outcome per program, in their order, until it stops the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

struct Isolation {
  double seconds = 20;      // limit_time()
  std::uint64_t shift = 0;  // all boards lie so many bytes higher in the child: n * 64 KiB
};

// Gives the program of a number; called in children, in order.
using ProgramSource = std::function<Program(std::size_t)>;
// Called in the parent, in order. False: stop.
using OutcomeSink = std::function<bool(std::size_t, Outcome)>;

// Runs `count` programs. Throws std::runtime_error when no child can be created.
void run_isolated(std::size_t count, const ProgramSource& programs, const hobnail_target& target,
                  const RunOptions& options, const Isolation& isolation, const OutcomeSink& sink);

// One program.
[[nodiscard]] Outcome run_one_isolated(const Program& program, const hobnail_target& target,
                                       const RunOptions& options = {},
                                       const Isolation& isolation = {});

}  // namespace hobnail::oracle
