// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail replay: runs programs and prints a verdict each; --trace prints every op, --after and
// --history run other boots before in the same process.
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <optional>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/known/known_hunt.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/program_arguments.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/replay_lists.h"
#include "fuzz/command/tally.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/terminal/coloured.h"
#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/history_search.h"
#include "fuzz/triage/state/record_of.h"
#include "properties/oracle/board/board_profile.h"

namespace hobnail {
namespace {

using oracle::board_profiles;
using oracle::Outcome;
using oracle::Program;
using oracle::RunOptions;

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> after;
  TargetOptions target;
  KnownOptions known;
  std::string json;
  bool history = false;
  bool trace = false;
  bool quiet = false;
};

// The files that can be read; the others are reported.
std::vector<ProgramFile> read_all(const std::vector<std::filesystem::path>& paths,
                                  std::size_t& errors) {
  std::vector<ProgramFile> files;
  for (const std::filesystem::path& path : paths) {
    auto file = read_program(path);
    if (const auto* error = std::get_if<FileError>(&file)) {
      complain(error->message);
      ++errors;
    } else {
      files.push_back(std::move(std::get<ProgramFile>(file)));
    }
  }
  return files;
}

void print_outcome(const Options& options, const hobnail_target& target, const ProgramFile& file,
                   const Outcome& outcome, KnownHunt& known, Tally& tally) {
  const std::string name = clean_text(file.path.native());
  const bool shown = !options.quiet && outcome.skipped.empty();
  if (options.trace && shown) {
    fmt::print("{}: board {}, target {}\n", name, board_profiles()[file.program.board].name,
               target.name);
    print_trace(file.program, outcome);
  }
  if (outcome.finding && options.known.given() && known.is_known(file.program, *outcome.finding)) {
    tally.count(outcome);
    if (!options.quiet) fmt::print("{}  {}\n", coloured("known", "33"), name);
    return;
  }
  tally.take(file.path.native(), file.program, outcome);
  if (outcome.finding || !shown) return;
  fmt::print("{}  {} ({} ops{}, digest {:016x})\n", coloured("ok  ", "32"), name,
             file.program.ops.size(), file.text ? "" : ", bytes", outcome.digest);
  for (const std::string& hint : outcome.hints) {
    fmt::print("{}  {}: {}\n", coloured("hint", "36"), name, hint);
  }
}

// HOB lists that no program made are read by the reader under test alone.
std::optional<int> replay_as_lists(const Options& options) {
  std::vector<std::filesystem::path> paths;
  for (const std::string& file : options.files) {
    if (names_list(file)) paths.emplace_back(file);
  }
  if (paths.empty()) return std::nullopt;
  if (paths.size() != options.files.size()) {
    throw UsageError(
        "programs and HOB lists cannot be replayed together; name them in two commands");
  }
  return replay_lists(paths, {options.target.run_options().rules, options.quiet, options.trace,
                              options.json, options.target.seconds});
}

// The history of a program, in the files that `hobnail check` writes.
std::vector<ProgramFile> programs_beside(const std::filesystem::path& program) {
  std::vector<std::string> files;
  for (const auto& path : history_of(program)) files.push_back(path.native());
  if (files.empty()) {
    throw UsageError(
        fmt::format("{}: no file {}.history-1.boot is beside it; name the boots with "
                    "--after FILE",
                    program.native(), program.stem().native()));
  }
  return programs_of(files);
}

// Two runs of each program, and what differs.
class AfterReplay {
 public:
  AfterReplay(const Options& options, const hobnail_target& target, const oracle::RunOptions& run)
      : options_(options),
        target_(target),
        known_(options.known.read(), target, run, options.target.seconds, false),
        tally_(options.quiet) {
    if (!options.history) set_history(programs_of(options.after));
  }

  void replay(FreshBoots& fresh, const ProgramFile& file) {
    if (options_.history) set_history(programs_beside(file.path));
    const StateAnswer answer = compare_after(fresh, history_, file.program);
    const Outcome alone = fresh.run({}, file.program, {options_.trace, true});
    if (options_.trace) print_both(file, alone, fresh.run(history_, file.program, {true, true}));
    if (answer.verdict == StateVerdict::State) return take(file, alone, *answer.finding);
    tally_.count(alone);
    if (answer.verdict == StateVerdict::Random) {
      ++unstable_;
      fmt::print("{}  {}: {}\n", coloured("unstable", "31;1"), name_of(file), answer.how);
    } else if (!alone.skipped.empty()) {
      fmt::print("{}  {}: skipped: {}\n", coloured("skip", "33"), name_of(file), alone.skipped);
    } else if (!options_.quiet) {
      fmt::print("{}  {} (as in a new process: digest {:016x}{})\n", coloured("ok  ", "32"),
                 name_of(file), alone.digest,
                 alone.finding ? fmt::format(", {}", alone.finding->rule) : "");
    }
  }

  int finish(double seconds) {
    if (!options_.quiet) known_.print(tally_.played, 0);
    nlohmann::json json = tally_.json(seconds);
    if (options_.known.given()) json["known"] = known_.json();
    write_json_option(options_.json, json);
    if (tally_.played == 0) throw UsageError("every program was skipped: nothing was run");
    return tally_.findings + unstable_ != 0 ? kFindings : kNothingFound;
  }

 private:
  static std::string name_of(const ProgramFile& file) { return clean_text(file.path.native()); }

  void set_history(std::vector<ProgramFile> files) {
    paths_.clear();
    history_.clear();
    for (ProgramFile& file : files) {
      paths_.push_back(file.path.native());
      history_.push_back(std::move(file.program));
    }
  }

  void print_both(const ProgramFile& file, const Outcome& alone, const Outcome& after) const {
    if (options_.quiet) return;
    fmt::print("{}: in a new process\n", name_of(file));
    print_trace(file.program, alone);
    fmt::print("{}: after {} boots\n", name_of(file), history_.size());
    print_trace(file.program, after);
  }

  void take(const ProgramFile& file, const Outcome& alone, const StateFinding& finding) {
    const TriageRecord record = record_of(finding, target_.name);
    if (options_.known.given() && known_.is_known(record)) {
      tally_.count(alone);
      if (!options_.quiet) fmt::print("{}  {}\n", coloured("known", "33"), name_of(file));
      return;
    }
    Outcome outcome = alone;
    outcome.finding = oracle_finding(finding);
    tally_.take(file.path.native(), file.program, outcome,
                {{"bucket", record.bucket}, {"history", paths_}});
  }

  const Options& options_;
  const hobnail_target& target_;
  KnownHunt known_;
  Tally tally_;
  std::vector<std::string> paths_;
  std::vector<Program> history_;
  std::size_t unstable_ = 0;
};

// Each program in a process that has run the boots of --after or --history, and in a new one. A
// difference is the finding STATE-OUTLIVES-BOOT.
int replay_after(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  watch_for_interrupts();
  const hobnail_target& target = options.target.load();
  const RunOptions run = options.target.run_options();
  AfterReplay after(options, target, run);
  FreshBoots fresh(target, run, options.target.seconds);
  for (const ProgramFile& file : programs_of(options.files)) {
    // Of a folder, say: these are run before others.
    if (options.history && is_history_file(file.path)) continue;
    after.replay(fresh, file);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return after.finish(elapsed.count());
}

int replay(const Options& options) {
  try_output(options.json, options.files);
  if (!options.after.empty() || options.history) return replay_after(options);
  if (const auto code = replay_as_lists(options)) return *code;
  const auto start = std::chrono::steady_clock::now();
  const hobnail_target& target = options.target.load();
  RunOptions run = options.target.run_options();
  std::size_t errors = 0;
  const std::vector<ProgramFile> files = read_all(value_of(expand_inputs(options.files)), errors);

  KnownHunt known(options.known.read(), target, run, options.target.seconds, false);
  if (options.known.given()) run.known = known.filter();
  Tally tally(options.quiet);
  if (!options.quiet && files.size() > 1) fmt::print("{}", left_out_text(target, run.boards));
  run.trace = options.trace;
  run.hints = true;
  run.thorough = true;  // a person waits for the answer, not for thousands
  const auto program_of = [&](std::size_t i) { return files[i].program; };
  options.target.play(
      files.size(), program_of, target, run,
      [&](std::size_t i, const Outcome& outcome) {
        print_outcome(options, target, files[i], outcome, known, tally);
        return true;
      },
      [&](std::size_t i) { return files[i].path.native(); });
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!options.quiet && tally.played > 1) {
    fmt::print("{} programs run on {}, {} ops, {} findings{}\n", tally.played, target.name,
               tally.ops, tally.findings,
               tally.skipped == 0 ? "" : fmt::format(", {} skipped", tally.skipped));
  }
  if (!options.quiet) known.print(tally.played, 0);
  nlohmann::json json = tally.json(elapsed.count());
  if (options.known.given()) json["known"] = known.json();
  write_json_option(options.json, json);
  if (tally.played == 0 && tally.skipped != 0) {
    throw UsageError("every program was skipped: nothing was run");
  }
  if (errors != 0) return kCannotWork;
  return tally.findings != 0 ? kFindings : kNothingFound;
}

}  // namespace

void add_replay_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand(
      "replay", "Run programs (.boot text or fuzzer bytes) or read HOB lists (.hobs)");
  command
      ->add_option("FILE", options->files,
                   "Programs, or directories of .boot files; or HOB lists: .hobs text, .hob dumps")
      ->required();
  command->add_flag(
      "--trace", options->trace,
      "Print every op: the call, the answer, the effect; of a HOB list every HOB, and "
      "what the consumer makes of it");
  auto* const history = command->add_flag(
      "--history", options->history,
      "As --after, with the boots of NAME.history-1.boot, ... beside each FILE NAME.boot");
  command
      ->add_option("--after", options->after,
                   "Boots that the process runs before each FILE, whose answers are compared with "
                   "those in a new process; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->excludes(history);
  options->target.add_to(*command);
  options->known.add_to(*command, false);
  add_json_option(*command, options->json, "findings and counts");
  command->add_flag("--quiet", options->quiet, "Print findings only");
  command->callback([options, &exit_code] {
    // A known crash is no finding, and must not end the run.
    if (options->known.given()) options->target.isolate = true;
    exit_code = replay(*options);
  });
}

}  // namespace hobnail
