// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail check: random programs on a target, for a time or a number of them; each finding's
// program is kept in a file.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fuzz/command/check_lists.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/known_hunt.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/suites/suite_check.h"
#include "fuzz/command/tally.h"
#include "fuzz/command/triage_run.h"
#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/progress_line.h"
#include "properties/oracle/generate/generate.h"
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

struct Options {
  TargetOptions target;
  KnownOptions known;
  double seconds = 10;
  std::size_t runs = 0;
  std::uint64_t seed = 1;
  std::size_t ops = 60;
  std::size_t findings = 0;  // 0: one, or all with --accept
  std::string json;
  std::string out = "out/findings";
  SuiteOptions suites;
  bool lists = false;
  bool quiet = false;
};

// Program number i of a seed, whatever was run before it.
Program program_of(const Options& options, oracle::BoardSet boards, std::size_t i) {
  Random random(options.seed * 0x9e3779b97f4a7c15ULL + i);
  return generate_program(random, options.ops, boards);
}

// The program in a file of its own, which replay takes.
std::string keep(const Options& options, std::string_view rule, std::size_t number,
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

// The files of findings that are kept: the shortest of those that look alike.
class Kept {
 public:
  // False: there are enough, and shorter ones.
  bool wants(const std::string& signature, std::size_t ops) {
    std::vector<std::size_t>& sizes = sizes_[signature];
    constexpr std::size_t kMax = 16;
    if (sizes.size() >= kMax && ops >= *std::max_element(sizes.begin(), sizes.end())) return false;
    sizes.push_back(ops);
    return true;
  }
  std::vector<std::string> files;

 private:
  std::map<std::string, std::vector<std::size_t>> sizes_;
};

// Triage of what was kept; new causes go to the file.
int accept_findings(const Options& options, const Kept& kept) {
  if (kept.files.empty()) return kNothingFound;
  TriageRun run;
  const TargetChoice& choice = options.target;
  static_cast<TargetChoice&>(run.execution) = choice;
  run.known = options.known;
  run.quiet = options.quiet;
  return triage_files(run, read_inputs(kept.files), {});
}

int check_random_lists(const Options& options) {
  if (options.known.given()) throw UsageError("--known and --accept are of boots, not of --lists");
  ListCheck check;
  check.rules = options.target.run_options().rules;
  check.seconds = options.seconds;
  check.runs = options.runs;
  check.seed = options.seed;
  check.list_seconds = options.target.seconds;
  check.findings = std::max<std::size_t>(options.findings, 1);
  check.out = options.out;
  check.json = options.json;
  check.quiet = options.quiet;
  return check_lists(check);
}

int check_claims(const Options& options) {
  if (options.known.given()) throw UsageError("--known and --accept are of boots, not of --suite");
  if (options.lists) throw UsageError("--lists and --suite exclude each other");
  if (options.runs != 0) throw UsageError("--runs is not of --suite: use --cases");
  SuiteCheck check;
  check.suites = options.suites;
  check.target = options.target;
  check.seconds = options.seconds;
  check.seed = options.seed;
  check.ops = options.ops;
  check.findings = std::max<std::size_t>(options.findings, 1);
  check.out = options.out;
  check.json = options.json;
  check.quiet = options.quiet;
  return check_suites(check);
}

int check(const Options& options) {
  try_output(options.json, {});
  try_output_directory(options.out);
  if (!options.suites.names.empty()) return check_claims(options);
  if (options.lists) return check_random_lists(options);
  oracle::KnownIssues issues = options.known.read();
  const hobnail_target& target = options.target.load();
  oracle::RunOptions run = options.target.run_options();
  run.thorough_sample = true;
  const oracle::BoardSet boards = usable_boards(target, run.boards);
  if (!options.quiet) fmt::print("{}", left_out_text(target, run.boards));
  const bool accept = options.known.accept;
  const std::size_t most = options.findings != 0 ? options.findings
                           : accept              ? ~std::size_t{0}
                                                 : std::size_t{1};
  KnownHunt known(std::move(issues), target, run, options.target.seconds, true);
  if (options.known.given()) run.known = known.filter();
  Kept kept;
  std::size_t left_out = 0;
  Tally tally(options.quiet);
  ProgressLine progress(options.quiet);
  const Clock::time_point start = Clock::now();
  const bool by_runs = options.runs != 0;
  const std::size_t count = by_runs ? options.runs : ~std::size_t{0};
  const auto source = [&](std::size_t i) { return program_of(options, boards, i); };
  const auto take_finding = [&](std::size_t i, Outcome outcome) {
    outcome.finding->op = oracle::index_without(outcome.finding->op, outcome.left_out);
    const Program program = without_left_out(program_of(options, boards, i), outcome.left_out);
    // With --accept the cause is looked for at the end.
    const bool is_known = accept ? known.count(*outcome.finding)
                                 : options.known.given() && known.take(program, *outcome.finding);
    if (is_known) return tally.count(outcome);
    const std::string signature = look_of(program, *outcome.finding);
    if (accept && !kept.wants(signature, outcome.finding->op)) return tally.count(outcome);
    const std::string file = keep(options, outcome.finding->rule, i, program);
    kept.files.push_back(file);
    if (accept) {
      tally.count(outcome);
    } else {
      tally.take(file, program, outcome);
    }
  };
  const auto sink = [&](std::size_t i, const Outcome& outcome) {
    left_out += outcome.left_out.size();
    known.add_noted(outcome);
    if (outcome.finding) {
      take_finding(i, outcome);
    } else {
      tally.count(outcome);
    }
    const double elapsed = seconds_since(start);
    if (i % 64 == 0) progress.show(progress_text(tally, elapsed));
    return tally.findings < most && (by_runs || elapsed < options.seconds);
  };
  options.target.play(count, source, target, run, sink, [&](std::size_t i) {
    return fmt::format("program {} of --seed {}", i, options.seed);
  });
  progress.clear();
  const double seconds = seconds_since(start);
  if (!options.quiet) {
    fmt::print("{} programs run on {}, {} ops, {} findings, {} skipped, {:.1f} s\n", tally.played,
               target.name, tally.ops, tally.findings, tally.skipped, seconds);
    known.print(tally.played, left_out);
  }
  nlohmann::json json = tally.json(seconds);
  if (options.known.given()) {
    json["known"] = known.json();
    json["left_out"] = left_out;
  }
  write_json_option(options.json, json);
  if (tally.played == 0) throw UsageError("no program was run");
  if (accept) return accept_findings(options, kept);
  return tally.findings != 0 ? kFindings : kNothingFound;
}

}  // namespace

void add_check_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("check", "Run random programs on a target");
  command->add_option("--seconds", options->seconds, "Total time in seconds")
      ->check(seconds_from(0.001))
      ->capture_default_str();
  command->add_flag("--lists", options->lists,
                    "Random HOB lists on the reader under test, instead of programs");
  command->add_option("--runs", options->runs, "Number of programs or lists, instead of --seconds")
      ->check(CLI::PositiveNumber);
  command->add_option("--seed", options->seed, "Seed of the programs")->capture_default_str();
  command->add_option("--ops", options->ops, "Maximum number of ops of a program")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command
      ->add_option("--findings", options->findings,
                   "Number of findings after which the command stops (default: 1, with --accept "
                   "none)")
      ->check(CLI::PositiveNumber);
  command->add_option("--out", options->out, "Directory for the programs of findings")
      ->capture_default_str();
  options->suites.add_to(*command);
  options->target.add_to(*command);
  options->known.add_to(*command, true);
  add_json_option(*command, options->json, "findings and counts");
  command->add_flag("--quiet", options->quiet, "Print findings only");
  command->callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace hobnail
