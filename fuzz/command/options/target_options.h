// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The options of every command that runs programs: the target, the calls, the process.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/command/options/rule_options.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/dxe/hob_list_checks.h"
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
// --consumer.
CLI::Option* add_consumer_option(CLI::App& command, std::string& consumer);
// From now on the consumer at `path` is the one under test, here and in child processes; an empty
// path leaves that of the environment. Throws UsageError.
void choose_consumer(const std::string& path);
// The readers of lists of the environment, and with the consumer at a path (empty: our DXE). Throw
// UsageError, for a consumer that runs in boots only too.
[[nodiscard]] oracle::ListReaders list_readers();
[[nodiscard]] oracle::ListReaders list_readers_of(const std::string& path);

// The target of this path; of an empty one, that of the environment. Throws UsageError.
[[nodiscard]] const hobnail_target& target_named(const std::string& path);

// --board and --without-board.
struct BoardOptions {
  std::vector<std::string> only;
  std::vector<std::string> without;

  void add_to(CLI::App& command);
  [[nodiscard]] bool given() const { return !only.empty() || !without.empty(); }
  // The options as a value of HOBNAIL_BOARDS.
  [[nodiscard]] std::string text() const { return oracle::board_set_text(only, without); }
  // The boards of the options; without them, those of HOBNAIL_BOARDS. Throws UsageError.
  [[nodiscard]] oracle::BoardSet set() const;
};

// --standard.
CLI::Option* add_standard_option(CLI::App& command, std::string& standard);
// The standard of this name; of an empty one HOBNAIL_STANDARD, else the default of the target at
// this path. Throws UsageError.
[[nodiscard]] oracle::Standard standard_named(const std::string& name, const std::string& target);

// For a time of work in seconds: a number from `least` to 10,000,000.
[[nodiscard]] std::function<std::string(const std::string&)> seconds_from(double least);

// --timeout, in seconds from `least` to `most`.
CLI::Option* add_timeout_option(CLI::App& command, double& seconds, double least,
                                double most = 3600);

// The target, the standard, the rules, the boards, and the calls that are made.
struct TargetChoice {
  std::string target;
  std::string consumer;  // empty: as the environment says
  std::string standard;  // empty: as the environment or the target says
  bool contract = false;
  bool hostile = false;
  BoardOptions boards;
  RuleOptions rules;

  void add_choice_to(CLI::App& command);
  // The options again, for another command on the same target: " --target x.so --contract". Boards
  // are not among them.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const hobnail_target& load() const { return target_named(target); }
  // Throws UsageError.
  [[nodiscard]] oracle::RunOptions run_options() const;
};

// The name of the program of a number, for a target that ends this process.
using NameOf = std::function<std::string(std::size_t)>;

struct TargetOptions : TargetChoice {
  bool isolate = false;
  double seconds = 20;  // of one op

  void add_to(CLI::App& command);
  // Runs them in children, or here: then a crash is a finding that is printed as the process ends.
  void play(std::size_t count, const oracle::ProgramSource& programs, const hobnail_target& target,
            const oracle::RunOptions& options, const oracle::OutcomeSink& sink,
            const NameOf& name_of) const;
};

// The line "3 of 26 boards are left out: ..."; empty when all are chosen and supported.
[[nodiscard]] std::string left_out_text(const hobnail_target& target, oracle::BoardSet chosen);
// Those of `chosen` that the target supports. Throws UsageError when there is none.
[[nodiscard]] oracle::BoardSet boards_to_run(const hobnail_target& target, oracle::BoardSet chosen);

// From now on a target that ends this process is a finding, printed on stdout with its program.
// `seconds`: limit of one op; 0: none.
void report_crashes(double seconds);
// The program of such a finding is written to `prefix` and the rule's name, ".boot", too. With
// `choice`, the next step is printed.
void keep_crashes(std::string prefix, std::optional<TargetChoice> choice);

}  // namespace hobnail
