// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of every command that plays programs: on which target, with which calls, in whose
// process.
#pragma once

#include <string>
#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/isolation/subprocess.h"

namespace CLI {
class App;
}

namespace hobnail {

// On which target, with which calls.
struct TargetChoice {
  std::string target;
  bool contract = false;
  bool hostile = false;

  void add_choice_to(CLI::App& command);
  [[nodiscard]] std::variant<const hobnail_target*, oracle::TargetError> load() const;
  [[nodiscard]] oracle::RunOptions run_options() const;
};

struct TargetOptions : TargetChoice {
  bool isolate = false;
  double seconds = 20;  // of one boot

  void add_to(CLI::App& command);
  // Plays them in children, or here: then last words are a finding that is printed as the process
  // ends.
  void play(std::size_t count, const oracle::ProgramSource& programs, const hobnail_target& target,
            const oracle::RunOptions& options, const oracle::OutcomeSink& sink) const;
};

// From now on a target that ends this process is a finding, printed on stdout with its program.
// `seconds`: of one boot; 0: never.
void hear_last_words(double seconds);

}  // namespace hobnail
