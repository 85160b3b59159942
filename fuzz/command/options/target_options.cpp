// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/command/options/target_options.h"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>

#include "fuzz/command/commands.h"
#include "fuzz/targets/banner.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::CallPolicy;
using oracle::Finding;
using oracle::Outcome;
using oracle::OutcomeSink;
using oracle::Program;
using oracle::RunOptions;

// The target has ended this process. Programs that would have come are not played.
void say_last_words(const Program& program, const Finding& finding, bool muted) {
  std::fflush(stdout);
  std::fputs(banner(program, finding).c_str(), stdout);
  if (muted) std::fputs("(this rule is switched off)\n", stdout);
  std::fputs("the target has ended this process: what was to come was not played (see --isolate)\n",
             stdout);
  std::fflush(stdout);
  _exit(muted ? kCannotWork : kFindings);
}

}  // namespace

void hear_last_words(double seconds) {
  oracle::install_crash_reporter(say_last_words, oracle::Signals::Ours);
  oracle::limit_boots(seconds);
}

void TargetChoice::add_choice_to(CLI::App& command) {
  command.add_option(
      "--target", target,
      "a shared object with hobnail_get_target (default: HOBNAIL_TARGET, or our core)");
  auto* const only =
      command.add_flag("--contract", contract, "make only calls that PI lets a PEIM make");
  command.add_flag("--hostile", hostile, "make every call, whatever the target asks for")
      ->excludes(only);
}

void TargetOptions::add_to(CLI::App& command) {
  add_choice_to(command);
  command.add_flag("--isolate", isolate,
                   "play in child processes: a target that crashes or hangs is a finding, and the "
                   "rest is played");
  command.add_option("--timeout", seconds, "seconds of one boot, more is a hang; 0: never")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
}

std::variant<const hobnail_target*, oracle::TargetError> TargetChoice::load() const {
  return target.empty() ? oracle::load_target_from_environment() : oracle::load_target(target);
}

RunOptions TargetChoice::run_options() const {
  RunOptions options;
  options.consumer = &pei::builtin_dxe();
  if (contract) options.policy = CallPolicy::Contract;
  if (hostile) options.policy = CallPolicy::Hostile;
  return options;
}

void TargetOptions::play(std::size_t count, const oracle::ProgramSource& programs,
                         const hobnail_target& loaded, const RunOptions& options,
                         const OutcomeSink& sink) const {
  if (isolate) {
    return run_isolated(count, programs, loaded, options, {seconds}, sink);
  }
  hear_last_words(seconds);
  for (std::size_t i = 0; i < count; ++i) {
    if (!sink(i, run_in_lockstep(programs(i), loaded, options))) return;
  }
}

}  // namespace hobnail
