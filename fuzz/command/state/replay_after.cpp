// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Two runs of each program, and what differs.
#include "fuzz/command/state/replay_after.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/known_hunt.h"
#include "fuzz/command/options/exit_code.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/tally.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/triage/state/history_search.h"
#include "fuzz/triage/state/record_of.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::Program;

std::vector<ProgramFile> programs_of(const std::vector<std::string>& arguments) {
  std::vector<ProgramFile> files;
  for (const auto& path : value_of(expand_inputs(arguments))) {
    files.push_back(value_of(read_program(path)));
  }
  return files;
}

class AfterReplay {
 public:
  AfterReplay(const AfterOptions& options, const hobnail_target& target,
              const oracle::RunOptions& run)
      : options_(options),
        target_(target),
        known_(options.known.read(), target, run, options.target.seconds, false),
        tally_(options.quiet) {
    for (ProgramFile& file : programs_of(options.history)) {
      paths_.push_back(file.path.native());
      history_.push_back(std::move(file.program));
    }
  }

  void replay(FreshBoots& fresh, const ProgramFile& file) {
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

  const AfterOptions& options_;
  const hobnail_target& target_;
  KnownHunt known_;
  Tally tally_;
  std::vector<std::string> paths_;
  std::vector<Program> history_;
  std::size_t unstable_ = 0;
};

}  // namespace

int replay_after(const AfterOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  watch_for_interrupts();
  const hobnail_target& target = options.target.load();
  const oracle::RunOptions run = options.target.run_options();
  AfterReplay after(options, target, run);
  FreshBoots fresh(target, run, options.target.seconds);
  for (const ProgramFile& file : programs_of(options.files)) after.replay(fresh, file);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return after.finish(elapsed.count());
}

}  // namespace hobnail
