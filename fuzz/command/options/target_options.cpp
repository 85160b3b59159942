// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the options mean.
#include "fuzz/command/options/target_options.h"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "fuzz/command/options/exit_code.h"
#include "fuzz/command/options/next_step.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/banner.h"
#include "fuzz/targets/reader_under_test.h"
#include "properties/oracle/boot/standard_choice.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::CallPolicy;
using oracle::Finding;
using oracle::Outcome;
using oracle::OutcomeSink;
using oracle::Program;
using oracle::RunOptions;

// A file that is no consumer.
template <typename Choice>
auto or_usage_error(const Choice& choose) -> decltype(choose()) {
  try {
    return choose();
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
}

std::string g_crash_prefix;  // of a file; empty: none is written
std::optional<TargetChoice> g_next_choice;

// Says where the program is; nothing when it cannot be written.
std::string keep_crash(const Program& program, const Finding& finding, bool muted) {
  if (g_crash_prefix.empty()) return {};
  const std::filesystem::path path = fmt::format("{}{}.boot", g_crash_prefix, finding.rule);
  try {
    std::filesystem::create_directories(path.parent_path());
    write_file(path, print_text(program));
  } catch (const std::exception&) {
    return {};  // the program stands above
  }
  std::string text = fmt::format("program: {}\n", path.native());
  if (g_next_choice && !muted) text += next_step({path.native()}, *g_next_choice);
  return text;
}

// The target or the consumer ends this process.
void print_crash(const Program& program, const Finding& finding, bool muted) {
  std::string text = banner(program, finding);
  if (muted) text += "(this rule is disabled)\n";
  text += keep_crash(program, finding, muted);
  text += fmt::format(
      "The {} terminated this process; the remaining programs were not run. Use --isolate to run "
      "each program in a child process.\n",
      oracle::is_in_consumer() ? "consumer" : "target");
  end_with_report(text, muted ? kCannotWork : kFindings);
}

}  // namespace

void keep_crashes(std::string prefix, std::optional<TargetChoice> choice) {
  g_crash_prefix = std::move(prefix);
  g_next_choice = std::move(choice);
}

void report_crashes(double seconds) {
  oracle::install_crash_reporter(print_crash, oracle::Signals::Ours);
  oracle::limit_time(seconds);
}

CLI::Option* add_target_option(CLI::App& command, std::string& target,
                               const std::string& fallback) {
  return command
      .add_option("--target", target,
                  "Shared object with hobnail_get_target (default: " + fallback + ")")
      ->type_name("FILE");
}

CLI::Option* add_consumer_option(CLI::App& command, std::string& consumer) {
  return command
      .add_option(
          "--consumer", consumer,
          "Reader of HOB lists under test: shared object with hobnail_get_consumer (default: "
          "$HOBNAIL_CONSUMER, else Hobnail's DXE)")
      ->type_name("FILE");
}

void choose_consumer(const std::string& path) {
  if (!path.empty()) {
    setenv("HOBNAIL_CONSUMER", std::filesystem::absolute(path).c_str(), 1);
  }
  or_usage_error([] { (void)consumer_under_test(); });
}

oracle::ListReaders list_readers() {
  return or_usage_error([] { return readers_under_test(); });
}

oracle::ListReaders list_readers_of(const std::string& path) {
  return or_usage_error([&] { return readers_at(path); });
}

const hobnail_target& target_named(const std::string& path) {
  return *value_of(path.empty() ? oracle::load_target_from_environment()
                                : oracle::load_target(path));
}

void BoardOptions::add_to(CLI::App& command) {
  auto* const one = command.add_option("--board", only, "Only programs of this board; repeatable")
                        ->type_name("NAME")
                        ->allow_extra_args(false);
  command.add_option("--without-board", without, "No program of this board; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->excludes(one);
}

oracle::BoardSet BoardOptions::set() const {
  return value_of(given() ? oracle::board_set(only, without) : oracle::boards_of_environment());
}

std::string left_out_text(const hobnail_target& target, oracle::BoardSet chosen) {
  std::size_t by_hand = 0;
  std::size_t unfit = 0;
  std::string names;
  for (const oracle::BoardProfile& board : oracle::board_profiles()) {
    const std::string_view lacks = unsupported(target, board);
    if (!chosen.contains(board.number)) {
      ++by_hand;
    } else if (!lacks.empty()) {
      names += fmt::format("{}{} (needs {})", unfit == 0 ? "" : ", ", board.name, lacks);
      ++unfit;
    }
  }
  const std::size_t count = by_hand + unfit;
  if (count == 0) return {};
  if (by_hand != 0) names += fmt::format("{}{} by option", unfit == 0 ? "" : ", ", by_hand);
  return fmt::format("{} of {} boards are left out: {}\n", count, oracle::board_profiles().size(),
                     names);
}

oracle::BoardSet boards_to_run(const hobnail_target& target, oracle::BoardSet chosen) {
  const oracle::BoardSet usable = usable_boards(target, chosen);
  for (const oracle::BoardProfile& board : oracle::board_profiles()) {
    if (usable.contains(board.number)) return usable;
  }
  const std::string text = left_out_text(target, chosen);
  throw UsageError("no program can run: " + text.substr(0, text.find('\n')));
}

CLI::Option* add_standard_option(CLI::App& command, std::string& standard) {
  return command
      .add_option("--standard", standard,
                  "What findings rest on: pi (the specification) or strict (practice too) "
                  "(default: $HOBNAIL_STANDARD, else strict for Hobnail's core, pi for a loaded "
                  "target)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"pi", "strict"}));
}

oracle::Standard standard_named(const std::string& name, const std::string& target) {
  return value_of(oracle::choose_standard(name, oracle::default_standard(target)));
}

std::function<std::string(const std::string&)> seconds_from(double least) {
  return [least](const std::string& text) -> std::string {
    constexpr double kMost = 1e7;
    double value = 0;
    if (!CLI::detail::lexical_cast(text, value)) return text + " is not a number of seconds";
    if (value >= least && value <= kMost) return {};  // NaN is not
    return fmt::format("{} is not between {:g} and {:g} seconds", text, least, kMost);
  };
}

CLI::Option* add_timeout_option(CLI::App& command, double& seconds, double least, double most) {
  const auto plausible = [least, most](const std::string& text) -> std::string {
    double value = 0;
    if (!CLI::detail::lexical_cast(text, value)) return text + " is not a number of seconds";
    if (value >= least && value <= most) return {};
    return fmt::format("{} s is not between {:g} and {:g} s; --timeout is in seconds", text, least,
                       most);
  };
  return command
      .add_option(
          "--timeout", seconds,
          fmt::format("Time limit of one op, and of the reading of one HOB list, in seconds of "
                      "processor time; what takes longer is a hang, and so is a boot that "
                      "takes {} times as long{}",
                      oracle::kBootLimitInOps, least == 0 ? "; 0: no limit" : ""))
      ->type_name("SECONDS")
      ->check(plausible)
      ->capture_default_str();
}

void TargetChoice::add_choice_to(CLI::App& command) {
  add_target_option(command, target);
  add_consumer_option(command, consumer);
  add_standard_option(command, standard);
  auto* const only =
      command.add_flag("--contract", contract, "Make only the calls that PI allows a PEIM");
  command
      .add_flag("--hostile", hostile,
                "Make calls outside the contract too, whatever the target asks")
      ->excludes(only);
  boards.add_to(command);
  rules.add_to(command);
}

std::string TargetChoice::text() const {
  std::string text;
  if (!target.empty()) text += " --target " + shell_word(target);
  if (!consumer.empty()) text += " --consumer " + shell_word(consumer);
  if (!standard.empty()) text += " --standard " + standard;
  if (contract) text += " --contract";
  if (hostile) text += " --hostile";
  for (const std::string& id : rules.names.only) text += " --rule " + shell_word(id);
  for (const std::string& id : rules.names.without) text += " --without-rule " + shell_word(id);
  return text;
}

void TargetOptions::add_to(CLI::App& command) {
  add_choice_to(command);
  command.add_flag("--isolate", isolate,
                   "Run each program in a child process; a crash or hang is a finding, and the "
                   "remaining programs are run");
  add_timeout_option(command, seconds, 0);
}

RunOptions TargetChoice::run_options() const {
  RunOptions options;
  choose_consumer(consumer);
  options.consumer = &consumer_under_test();
  options.rules = rules.set(standard_named(standard, target));
  if (contract) options.policy = CallPolicy::Contract;
  if (hostile) options.policy = CallPolicy::Hostile;
  options.boards = boards.set();
  return options;
}

void TargetOptions::play(std::size_t count, const oracle::ProgramSource& programs,
                         const hobnail_target& loaded, const RunOptions& options,
                         const OutcomeSink& sink, const NameOf& name_of) const {
  watch_for_interrupts();
  const auto take = [&](std::size_t i, Outcome outcome) {
    const bool more = sink(i, std::move(outcome)) && !interrupted();
    std::fflush(stdout);  // the next boot may end this process
    return more;
  };
  if (isolate) {
    return run_isolated(count, programs, loaded, options, {seconds}, take);
  }
  report_crashes(seconds);
  for (std::size_t i = 0; i < count; ++i) {
    note_input(name_of ? name_of(i) : std::string());
    if (!take(i, run_in_lockstep(programs(i), loaded, options))) return;
  }
}

}  // namespace hobnail
