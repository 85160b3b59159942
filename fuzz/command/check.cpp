// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail check: random programs on a target, for a time or a number of them; each finding's
// program is kept in a file.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fuzz/command/check_lists.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/kept_findings.h"
#include "fuzz/command/known/known_hunt.h"
#include "fuzz/command/options/check_options.h"
#include "fuzz/command/options/next_step.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/state/state_watch.h"
#include "fuzz/command/suites/suite_check.h"
#include "fuzz/command/tally.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/terminal/coloured.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/state/record_of.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/generate/repeats.h"
#include "properties/oracle/known/issue_filter.h"
#include "properties/oracle/known/without_left_out.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using oracle::generate_program;
using oracle::Outcome;
using oracle::Program;
using oracle::Random;

// What the programs have in common.
struct Source {
  oracle::BoardSet boards;
  bool contract = false;  // calls outside of the contract are left out
};

// Program number i of a seed, whatever was run before it.
Program program_of(const CheckOptions& options, const Source& source, std::size_t i) {
  Random random(options.seed * 0x9e3779b97f4a7c15ULL + i);
  Program program = generate_program(random, options.ops, source.boards);
  program = with_repeats(random, std::move(program), source.boards);
  program.contract = source.contract;
  return program;
}

// The program in a file of its own, which replay takes.
std::string keep(const CheckOptions& options, std::string_view rule, std::size_t number,
                 const Program& program) {
  std::error_code ignored;
  fs::create_directories(options.out, ignored);
  const fs::path path =
      fs::path(options.out) / fmt::format("{}-seed{}-{}.boot", rule, options.seed, number);
  try {
    write_file(path, print_text(program));
  } catch (const std::runtime_error& error) {
    return fmt::format("({})", error.what());  // the finding is reported all the same
  }
  return path.native();
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string progress_text(const Tally& tally, double seconds) {
  return fmt::format("{:>6.0f} s  {:>10} programs  {:>12} ops  {:>8.0f} programs/s", seconds,
                     tally.played, tally.ops, static_cast<double>(tally.played) / seconds);
}

// Whether every program so far was skipped for one reason: the rest will be.
class OnlySkips {
 public:
  void take(const Outcome& outcome) {
    if (count_ == 0) reason_ = outcome.skipped;
    is_true_ = is_true_ && !outcome.skipped.empty() && outcome.skipped == reason_;
    ++count_;
  }
  [[nodiscard]] bool is_enough() const {
    constexpr std::size_t kFirstBatch = 256;
    return is_true_ && count_ >= kFirstBatch;
  }
  // Empty: there was another one.
  [[nodiscard]] std::string text() const {
    if (!is_true_ || count_ == 0) return {};
    return fmt::format(": each of the first {} was skipped: {}", count_, reason_);
  }

 private:
  bool is_true_ = true;
  std::size_t count_ = 0;
  std::string reason_;
};

// Triage of what was kept; new causes go to the file.
int accept_findings(const CheckOptions& options, KeptFindings& kept) {
  std::vector<Input> inputs = kept.inputs();
  if (inputs.empty()) return kNothingFound;
  TriageRun run;
  const TargetChoice& choice = options.target;
  static_cast<TargetChoice&>(run.execution) = choice;
  run.known = options.known;
  run.quiet = options.quiet;
  run.seconds = options.seconds_of_triage();
  run.rest = fmt::format("hobnail triage {} --known {} --accept{}", shell_word(options.out),
                         shell_word(options.known.known), choice.text());
  if (!run.quiet && run.seconds > 0) {
    fmt::print("triage of {} files, {:g} s at most (--triage-seconds)\n", inputs.size(),
               run.seconds);
    std::fflush(stdout);
  }
  return triage_files(run, std::move(inputs), {});
}

int check_random_lists(const CheckOptions& options) {
  if (options.known.given() || options.known.accept) {
    throw UsageError(
        "--known and --lists exclude each other: the causes of list findings are found by "
        "`hobnail triage --lists FOLDER --known FILE`");
  }
  ListCheck check;
  check.rules = options.target.run_options().rules;
  check.target = static_cast<const TargetChoice&>(options.target);
  check.seconds = options.seconds;
  check.runs = options.runs;
  check.seed = options.seed;
  check.list_seconds = options.target.seconds;
  check.findings = options.findings_wanted();
  check.out = options.out;
  check.json = options.json;
  check.quiet = options.quiet;
  return check_lists(check);
}

// The run: what becomes of each program's answer.
class ProgramCheck {
 public:
  ProgramCheck(const CheckOptions& options, const hobnail_target& target,
               oracle::KnownIssues issues)
      : options_(options),
        target_(target),
        run_(run_options(options)),
        source_{boards_to_run(target, run_.boards), contract_wanted({}, target, run_.policy)},
        most_(options.findings_wanted()),
        steady_filter_(issues, false),
        known_(std::move(issues), target, run_, options.target.seconds, true),
        watch_(
            target, with_filter(options.known.given() ? &steady_filter_ : nullptr),
            options.target.seconds, [this](std::size_t place) { return program_at(place); },
            options.target.rules.names.only.empty()),
        tally_(options.quiet),
        progress_(options.quiet),
        start_(Clock::now()) {
    if (!options.quiet) fmt::print("{}", left_out_text(target, run_.boards));
    if (options.known.given()) run_.known = known_.filter();
  }

  int run() {
    const std::size_t count =
        options_.runs != 0 ? StateSeries::places(options_.runs) : ~std::size_t{0};
    options_.target.play(
        count,
        [this](std::size_t place) {
          return program_of(options_, source_, StateSeries::program_at(place));
        },
        target_, run_,
        [this](std::size_t place, const Outcome& outcome) { return take(place, outcome); },
        [this](std::size_t place) {
          return fmt::format("program {} of --seed {}", StateSeries::program_at(place),
                             options_.seed);
        });
    progress_.clear();
    return finish(seconds_since(start_));
  }

 private:
  static oracle::RunOptions run_options(const CheckOptions& options) {
    oracle::RunOptions run = options.target.run_options();
    run.thorough_sample = true;
    return run;
  }
  [[nodiscard]] oracle::RunOptions with_filter(oracle::KnownFilter* filter) const {
    oracle::RunOptions run = run_;
    run.known = filter;
    return run;
  }

  // As it ran: without the calls that were left out.
  [[nodiscard]] Program program_at(std::size_t place) const {
    const std::size_t i = StateSeries::program_at(place);
    const auto left_out = left_out_of_.find(i);
    Program program = program_of(options_, source_, i);
    return left_out == left_out_of_.end() ? program : without_left_out(program, left_out->second);
  }

  [[nodiscard]] bool wants_more(double elapsed) const {
    return tally_.findings + unstable_.size() < most_ && !only_skips_.is_enough() &&
           (options_.runs != 0 || elapsed < options_.seconds);
  }

  bool take(std::size_t place, const Outcome& outcome) {
    const double elapsed = seconds_since(start_);
    if (StateSeries::is_again(place)) {
      if (const auto answer = watch_.compare(place, outcome)) take_answer(place, *answer);
      return wants_more(elapsed);
    }
    const std::size_t i = StateSeries::program_at(place);
    only_skips_.take(outcome);
    left_out_ += outcome.left_out.size();
    if (!outcome.left_out.empty()) left_out_of_[i] = outcome.left_out;
    known_.add_noted(outcome);
    if (outcome.finding) {
      take_finding(place, i, outcome);
    } else {
      tally_.count(outcome);
    }
    if (const auto answer = watch_.compare(place, outcome)) take_answer(place, *answer);
    if (i % 64 == 0) progress_.show(progress_text(tally_, elapsed));
    return wants_more(elapsed);
  }

  void take_finding(std::size_t place, std::size_t i, Outcome outcome) {
    outcome.finding->op = oracle::index_without(outcome.finding->op, outcome.left_out);
    const Program program = program_at(place);
    const bool accept = options_.known.accept;
    nlohmann::json more = nlohmann::json::object();
    if (outcome.finding->known == 0) {
      if (const auto answer = watch_.verify(place, outcome)) {
        if (answer->verdict == StateVerdict::State) {
          tally_.count(outcome);
          return take_answer(place, *answer);
        }
        more["reproducible"] = false;
      }
    }
    // With --accept the cause is looked for at the end.
    const bool is_known = accept ? known_.count(*outcome.finding)
                                 : options_.known.given() && known_.take(program, *outcome.finding);
    if (is_known) return tally_.count(outcome);
    const std::string look = look_of(program, *outcome.finding);
    if (accept && !kept_.wants(look, outcome.finding->op)) return tally_.count(outcome);
    const std::string file = keep(options_, outcome.finding->rule, i, program);
    kept_.add(file, look, outcome.finding->op);
    if (accept) return tally_.count(outcome);
    tally_.take(file, program, outcome, more);
    if (more.empty()) not_minimal_.push_back(file);
    if (!more.empty()) fmt::print("      a new process does not show it\n");
  }

  // Of the search for the reason of a difference.
  void take_answer(std::size_t place, const StateAnswer& answer) {
    const std::size_t i = StateSeries::program_at(place);
    if (answer.verdict == StateVerdict::State) {
      take_state(i, *answer.finding);
    } else if (answer.verdict == StateVerdict::Random) {
      const std::string file = keep(options_, "UNSTABLE", i, program_at(place));
      unstable_.push_back({{"file", file}, {"how", answer.how}});
      fmt::print("{}  {}: the target is not deterministic: {}\n", coloured("unstable", "31;1"),
                 file, answer.how);
    }
  }

  // The boot was counted as the program that it comes from.
  void take_state(std::size_t i, const StateFinding& finding) {
    const TriageRecord record = record_of(finding, target_.name);
    if (options_.known.given() && known_.is_known(record)) return;
    if (!state_buckets_.insert(record.bucket).second) return;
    const std::string file = keep(options_, kStateRule, i, finding.boot);
    const std::vector<fs::path> paths = write_history(file, finding.history);
    kept_.add(file, record.bucket, finding.boot.ops.size());
    if (options_.known.accept) return;
    std::vector<std::string> history;
    history.reserve(paths.size());
    for (const fs::path& path : paths) history.push_back(path.native());
    tally_.add_finding(file, finding.boot, oracle_finding(finding),
                       {{"bucket", record.bucket}, {"history", history}});
    fmt::print("{}", state_text(file, paths, options_.target));
    if (finding.cut_short) not_minimal_.push_back(file);
  }

  int finish(double seconds) {
    if (!options_.quiet) {
      fmt::print("{} programs run on {}, {} ops, {} findings, {} skipped, {:.1f} s\n",
                 tally_.played, target_.name, tally_.ops, tally_.findings, tally_.skipped, seconds);
      known_.print(tally_.played, left_out_);
      fmt::print("{}", next_step(not_minimal_, options_.target));
    }
    nlohmann::json json = tally_.json(seconds);
    json["unstable"] = unstable_;
    if (options_.known.given()) {
      json["known"] = known_.json();
      json["left_out"] = left_out_;
    }
    write_json_option(options_.json, json);
    if (tally_.played == 0) throw UsageError("no program was run" + only_skips_.text());
    if (!unstable_.empty()) return kFindings;
    if (options_.known.accept) return accept_findings(options_, kept_);
    return tally_.findings != 0 ? kFindings : kNothingFound;
  }

  const CheckOptions& options_;
  const hobnail_target& target_;
  oracle::RunOptions run_;
  Source source_;
  std::size_t most_;
  oracle::IssueFilter steady_filter_;  // leaves out nothing
  KnownHunt known_;
  StateWatch watch_;
  KeptFindings kept_;
  std::vector<std::string> not_minimal_;  // files of reported findings
  OnlySkips only_skips_;
  std::size_t left_out_ = 0;
  std::map<std::size_t, std::vector<std::size_t>> left_out_of_;  // by the number of the program
  std::set<std::string> state_buckets_;                          // reported
  nlohmann::json unstable_ = nlohmann::json::array();
  Tally tally_;
  ProgressLine progress_;
  Clock::time_point start_;
};

int check_claims(const CheckOptions& options) {
  if (options.known.accept) {
    throw UsageError(
        "--accept and --suite exclude each other: a claim that falls has no cause to list; run "
        "`hobnail check --known FILE --accept` without --suite");
  }
  if (options.lists) throw UsageError("--lists and --suite exclude each other");
  if (options.runs != 0) throw UsageError("--runs is not of --suite: use --cases");
  return check_suites(options);
}

int check(const CheckOptions& options) {
  try_output(options.json, {});
  try_output_directory(options.out);
  if (!options.suites.names.empty()) return check_claims(options);
  if (options.lists) return check_random_lists(options);
  oracle::KnownIssues issues = options.known.read();
  const hobnail_target& target = options.target.load();
  std::optional<TargetChoice> choice = options.target;
  if (options.quiet) choice.reset();
  keep_crashes(fmt::format("{}/crash-seed{}-", options.out, options.seed), std::move(choice));
  watch_for_interrupts();
  return ProgramCheck(options, target, std::move(issues)).run();
}

}  // namespace

void add_check_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* const command = app.add_subcommand("check", "Run random programs on a target");
  options->add_to(*command);
  command->callback([options, &exit_code] {
    // A known crash is no finding, and must not end the run.
    if (options->known.given()) options->target.isolate = true;
    exit_code = check(*options);
  });
}

}  // namespace hobnail
