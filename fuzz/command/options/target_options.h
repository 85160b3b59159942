// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of every command that runs programs: the target, the calls, the process.
#pragma once

#include <string>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/isolation/subprocess.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace hobnail {

// --target. `fallback`: what is used without the option.
CLI::Option* add_target_option(
    CLI::App& command, std::string& target,
    const std::string& fallback = "$HOBNAIL_TARGET, else Hobnail's core");
// The target of this path; of an empty one, that of the environment. Throws UsageError.
[[nodiscard]] const hobnail_target& target_named(const std::string& path);

// --standard.
CLI::Option* add_standard_option(CLI::App& command, std::string& standard);
// The standard of this name; of an empty one HOBNAIL_STANDARD, else the default of the target at
// this path. Throws UsageError.
[[nodiscard]] oracle::Standard standard_named(const std::string& name, const std::string& target);

// --timeout, in seconds from `least` to `most`.
CLI::Option* add_timeout_option(CLI::App& command, double& seconds, double least,
                                double most = 3600);

// The target, the standard, and the calls that are made.
struct TargetChoice {
  std::string target;
  std::string standard;  // empty: as the environment or the target says
  bool contract = false;
  bool hostile = false;

  void add_choice_to(CLI::App& command);
  [[nodiscard]] const hobnail_target& load() const { return target_named(target); }
  [[nodiscard]] oracle::RunOptions run_options() const;
};

struct TargetOptions : TargetChoice {
  bool isolate = false;
  double seconds = 20;  // of one boot

  void add_to(CLI::App& command);
  // Runs them in children, or here: then a crash is a finding that is printed as the process ends.
  void play(std::size_t count, const oracle::ProgramSource& programs, const hobnail_target& target,
            const oracle::RunOptions& options, const oracle::OutcomeSink& sink) const;
};

// From now on a target that ends this process is a finding, printed on stdout with its program.
// `seconds`: limit of one boot; 0: none.
void report_crashes(double seconds);

}  // namespace hobnail
