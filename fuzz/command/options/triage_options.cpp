// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/command/options/triage_options.h"

#include <CLI/CLI.hpp>

#include <string>

#include "fuzz/command/options/usage_error.h"
#include "fuzz/process/in_child.h"

namespace hobnail {

void ExecutionOptions::add_to(CLI::App& command) {
  add_choice_to(command);
  // More than the maximum is likely to be milliseconds, which this option once took.
  constexpr double kSecondsMin = 0.001, kSecondsMax = 600;
  add_timeout_option(command, seconds, kSecondsMin, kSecondsMax);
  command.add_option("--memory", memory_mb, "Memory limit of one boot in MB")
      ->type_name("MB")
      ->check(CLI::Range(16U, 1U << 20))
      ->capture_default_str();
}

namespace {
constexpr double kReadSeconds = 10;  // of constructors and hobnail_get_target
}

const hobnail_target& ExecutionOptions::load_in_child_first() const {
  const OwnProcess tried = in_own_process(
      [this] {
        try {
          (void)load();
          choose_consumer(consumer);
        } catch (const UsageError&) {  // the parent will throw it
        }
        return std::string("tried");
      },
      kReadSeconds);
  if (!tried.death.empty()) {
    throw UsageError((target.empty() ? std::string("the target or consumer") : target) +
                     ": cannot be loaded: " + tried.death);
  }
  choose_consumer(consumer);
  return load();
}

}  // namespace hobnail
