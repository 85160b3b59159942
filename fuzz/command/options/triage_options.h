// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of commands that play in children, whatever the target does to them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <variant>

#include "fuzz/command/options/target_options.h"
#include "fuzz/process/worker_process.h"
#include "properties/oracle/boot/target.h"

namespace hobnail {

struct ExecutionOptions : TargetChoice {
  double milliseconds = 5000;  // of one boot
  std::uint64_t memory_mb = 2048;

  void add_to(CLI::App& command);
  [[nodiscard]] Limits limits() const { return {milliseconds / 1000, memory_mb}; }
  // Tried in a child first: a target that ends the process that loads it is an error like another.
  [[nodiscard]] std::variant<const hobnail_target*, oracle::TargetError> load_if_it_loads() const;
};

}  // namespace hobnail
