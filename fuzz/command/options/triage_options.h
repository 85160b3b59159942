// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of commands that run programs in children only, whatever the target does to them.
#pragma once

#include <cstdint>

#include "fuzz/command/options/target_options.h"
#include "fuzz/process/worker_process.h"
#include "properties/oracle/boot/target.h"

namespace CLI {
class App;
}

namespace hobnail {

struct ExecutionOptions : TargetChoice {
  double seconds = 5;  // of one op
  std::uint64_t memory_mb = 2048;

  void add_to(CLI::App& command);
  [[nodiscard]] Limits limits() const { return {seconds, memory_mb}; }
  // Loads the target in a child first: one that ends the process is an error like any other. Throws
  // UsageError.
  [[nodiscard]] const hobnail_target& load_in_child_first() const;
};

}  // namespace hobnail
