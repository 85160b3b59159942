// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/command/options/triage_options.h"

#include <CLI/CLI.hpp>

#include "fuzz/process/in_child.h"

namespace hobnail {

void ExecutionOptions::add_to(CLI::App& command) {
  add_choice_to(command);
  command.add_option("--timeout", milliseconds, "milliseconds of one boot, more is a hang")
      ->check(CLI::Range(1.0, 3600000.0))
      ->capture_default_str();
  command.add_option("--memory", memory_mb, "MB of one boot, more is out of memory")
      ->check(CLI::Range(16U, 1U << 20))
      ->capture_default_str();
}

std::variant<const hobnail_target*, oracle::TargetError> ExecutionOptions::load_if_it_loads()
    const {
  const OwnProcess tried = in_own_process([this] {
    (void)load();
    return std::string("loaded");
  });
  if (!tried.death.empty()) {
    return oracle::TargetError{(target.empty() ? std::string("the target") : target) +
                               ": cannot be loaded: " + tried.death};
  }
  return load();
}

}  // namespace hobnail
