// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/hobnail/triage_options.h"

#include "fuzz/hobnail/own_process.h"
#include "fuzz/hobnail/target_options.h"

namespace hobnail {
namespace {

TargetOptions as_target_options(const TrialOptions& options) {
  TargetOptions result;
  result.target = options.target;
  result.contract = options.contract;
  result.hostile = options.hostile;
  return result;
}

}  // namespace

void TrialOptions::add_to(CLI::App& command) {
  command.add_option(
      "--target", target,
      "a shared object with hobnail_get_target (default: HOBNAIL_TARGET, or our core)");
  auto* const only =
      command.add_flag("--contract", contract, "make only calls that PI lets a PEIM make");
  command.add_flag("--hostile", hostile, "make every call, whatever the target asks for")
      ->excludes(only);
  command.add_option("--timeout", milliseconds, "milliseconds of one boot, more is a hang")
      ->check(CLI::Range(1.0, 3600000.0))
      ->capture_default_str();
  command.add_option("--memory", memory_mb, "MB of one boot, more is out of memory")
      ->check(CLI::Range(16U, 1U << 20))
      ->capture_default_str();
}

pei::oracle::RunOptions TrialOptions::run_options() const {
  return as_target_options(*this).run_options();
}

std::variant<const hobnail_target*, pei::oracle::TargetError> TrialOptions::load() const {
  const OwnProcess tried = in_own_process([this] {
    (void)as_target_options(*this).load();
    return std::string("loaded");
  });
  if (!tried.death.empty()) {
    return pei::oracle::TargetError{(target.empty() ? std::string("the target") : target) +
                                    ": cannot be loaded: " + tried.death};
  }
  return as_target_options(*this).load();
}

}  // namespace hobnail
