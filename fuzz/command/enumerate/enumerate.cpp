// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Options, what is printed, and the exit code.
#include "fuzz/command/enumerate/enumerate.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <variant>

#include "fuzz/command/commands.h"
#include "fuzz/command/enumerate/findings_report.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/triage_text.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/triage/known_issues.h"
#include "fuzz/triage/record/record_json.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

constexpr std::string_view kUsualBoard = "heap-low";

Part part_of(const std::string& text) {
  Part part;
  if (text.empty()) return part;
  const std::size_t slash = text.find('/');
  const bool numbers = slash != std::string::npos &&
                       CLI::detail::lexical_cast(text.substr(0, slash), part.number) &&
                       CLI::detail::lexical_cast(text.substr(slash + 1), part.of);
  if (numbers && part.number >= 1 && part.number <= part.of) return part;
  throw UsageError(fmt::format("--part {} is not I/N with I from 1 to N: 2/4", text));
}

// The boards of the options and of the environment; without them the usual one.
void choose_boards(BoardOptions& boards) {
  const char* const environment = std::getenv("HOBNAIL_BOARDS");
  const bool given = boards.given() || (environment != nullptr && *environment != '\0');
  if (!given) boards.only.emplace_back(kUsualBoard);
}

std::string setting_text(const EnumerateOptions& options, const hobnail_target& target) {
  const TargetOptions& choice = options.plan.target;
  const std::string rules = choice.rules.text();
  const oracle::Standard standard = standard_named(choice.standard, choice.target);
  return fmt::format("domain {}, target {}, standard {}, rules {}, calls {}, part {} of {}",
                     kDomainName, target.name, standard_name(standard),
                     rules.empty() ? "all" : rules,
                     choice.contract  ? "contract"
                     : choice.hostile ? "hostile"
                                      : "of the target",
                     options.plan.part.number, options.plan.part.of);
}

std::vector<BoardWalk> new_walks(const hobnail_target& target, oracle::BoardSet chosen) {
  const oracle::BoardSet usable = usable_boards(target, chosen);
  std::vector<BoardWalk> walks;
  for (const oracle::BoardProfile& board : oracle::board_profiles()) {
    if (!usable.contains(board.number) || !missing_in_this_build(board).empty()) continue;
    walks.emplace_back().board = board.number;
  }
  return walks;
}

bool same_boards(const std::vector<BoardWalk>& a, const std::vector<BoardWalk>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const BoardWalk& x, const BoardWalk& y) { return x.board == y.board; });
}

// That of the file, when there is one.
Checkpoint first_checkpoint(const EnumerateOptions& options, const hobnail_target& target,
                            oracle::BoardSet boards) {
  Checkpoint begin;
  begin.setting = setting_text(options, target);
  begin.walks = new_walks(target, boards);
  const std::string& path = options.plan.resume;
  if (path.empty() || !std::filesystem::exists(path)) return begin;
  try {
    Checkpoint from = read_checkpoint(value_of(read_file(path)));
    if (from.setting != begin.setting || !same_boards(from.walks, begin.walks)) {
      throw std::runtime_error(
          fmt::format("it is of other options (then: {}; now: {}, or other boards)", from.setting,
                      begin.setting));
    }
    return from;
  } catch (const UsageError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw UsageError(
        fmt::format("{}: cannot be resumed: {}; remove it to begin again", path, error.what()));
  }
}

// The numbers of a run, of all boards.
struct Totals {
  std::uint64_t programs = 0;  // of the domain
  std::uint64_t run = 0;
  std::size_t boards = 0;
  std::string board_names;

  [[nodiscard]] std::uint64_t left_out() const { return programs - run; }
};

Totals totals_of(EnumerationRun& run, std::size_t ops) {
  Totals totals;
  for (const BoardWalk& walk : run.state().walks) {
    if (walk.declined) continue;
    ++totals.boards;
    totals.board_names += fmt::format("{}{}", totals.board_names.empty() ? "" : ", ",
                                      oracle::board_profiles()[walk.board].name);
    for (std::size_t length = 0; length <= ops; ++length) {
      totals.programs += run.count(length);
      if (length < walk.run.size()) totals.run += walk.run[length];
    }
  }
  return totals;
}

nlohmann::json lengths_json(EnumerationRun& run, std::size_t ops, std::size_t boards) {
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t length = 0; length <= ops; ++length) {
    std::uint64_t done = 0;
    for (const BoardWalk& walk : run.state().walks) {
      if (length < walk.run.size() && !walk.declined) done += walk.run[length];
    }
    rows.push_back({{"ops", length}, {"programs", run.count(length) * boards}, {"run", done}});
  }
  return rows;
}

std::string not_run_text(const Totals& totals) {
  if (totals.left_out() == 0) return {};
  return fmt::format("; {} not run, because each begins with the ops of a program with a violation",
                     grouped(totals.left_out()));
}

// The claim of the enumeration, in one sentence.
std::string claim(const EnumerateOptions& options, const Totals& totals, const Checkpoint& state,
                  bool whole) {
  const EnumerationPlan& plan = options.plan;
  const std::string domain = fmt::format("programs of up to {} ops over {} on {}", plan.ops,
                                         kDomainName, totals.board_names);
  const std::uint64_t violations = state.findings.seen() + state.known;
  if (whole && plan.part.of == 1 && violations == 0) {
    return fmt::format("all {} {}: no violation", grouped(totals.run), domain);
  }
  const std::string end = violations == 0 ? std::string("no violation")
                                          : fmt::format("{} with a violation", grouped(violations));
  if (whole && plan.part.of == 1) {
    return fmt::format("{} {}: {} run, {}{}", grouped(totals.programs), domain, grouped(totals.run),
                       end, not_run_text(totals));
  }
  return fmt::format("{} of {} {} ({}): {}", grouped(totals.run), grouped(totals.programs), domain,
                     whole ? fmt::format("part {} of {}", plan.part.number, plan.part.of)
                           : std::string("not complete"),
                     end);
}

void print_declined(const Checkpoint& state) {
  for (const BoardWalk& walk : state.walks) {
    if (!walk.declined) continue;
    fmt::print("board {} is left out: the target does not start on it\n",
               oracle::board_profiles()[walk.board].name);
  }
}

nlohmann::json enumeration_json(const EnumerateOptions& options, EnumerationRun& run,
                                const Totals& totals, const TriageReport& report, bool whole) {
  const Checkpoint& state = run.state();
  const nlohmann::json records = to_json(report);
  return {{"domain", kDomainName},
          {"target", state.setting},
          {"boards", totals.board_names},
          {"ops", options.plan.ops},
          {"part", fmt::format("{}/{}", options.plan.part.number, options.plan.part.of)},
          {"complete", whole},
          {"programs", totals.programs},
          {"executions", totals.run},
          {"lengths", lengths_json(run, options.plan.ops, totals.boards)},
          {"calls", state.ops},
          {"violations", state.findings.seen()},
          {"known_violations", state.known},
          {"seconds", run.seconds()},
          {"claim", claim(options, totals, state, whole)},
          {"findings", records.at("findings")},
          {"skipped", records.at("skipped")}};
}

bool has_new(const TriageReport& report) {
  for (const TriageRecord& record : report.records) {
    if (record.known_state != KnownState::Known) return true;
  }
  return !report.skipped.empty();
}

}  // namespace

int enumerate(EnumerateOptions& options) {
  EnumerationPlan& plan = options.plan;
  plan.target.isolate = true;
  plan.part = part_of(options.part);
  choose_boards(plan.target.boards);
  try_output(options.json, {});
  try_output(plan.resume, {});
  try_output_directory(options.out);
  KnownIssues issues = options.known.read();
  const hobnail_target& target = plan.target.load();
  oracle::RunOptions run_options = plan.target.run_options();
  KnownHunt known(issues, target, run_options, plan.target.seconds, false);
  if (options.known.given()) run_options.known = known.filter();
  EnumerationRun run(plan, first_checkpoint(options, target, run_options.boards), target,
                     run_options, known);
  if (run.state().walks.empty()) throw UsageError("no board is left: see `hobnail boards`");
  const bool whole = run.run();
  const double seconds = run.seconds();
  const Totals totals = totals_of(run, plan.ops);
  if (totals.boards == 0) {
    throw UsageError(fmt::format(
        "no call was made: {} does not start on the boards that were chosen; name another with "
        "--board",
        target.name));
  }
  const bool stopped = interrupted();
  if (run.state().findings.size() != 0) forget_interrupts();  // triage runs all the same
  TriageReport report =
      bugs_of(write_findings(run.state().findings, options.out), plan.target, target, plan.quiet);
  mark_known(report, issues);
  if (!report.records.empty() || !report.skipped.empty()) print_report(report, true);
  if (!plan.quiet) {
    print_declined(run.state());
    known.print(oracle::sized(totals.run), 0);
    fmt::print("{} ({:.1f} s)\n", claim(options, totals, run.state(), whole), seconds);
  }
  write_json_option(options.json, enumeration_json(options, run, totals, report, whole));
  if (options.known.accept) accept_into(options.known.known, std::move(issues), report);
  if (has_new(report) && !options.known.accept) return kFindings;
  return stopped ? kInterrupted : kNothingFound;
}

void add_enumerate_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<EnumerateOptions>();
  EnumerationPlan& plan = options->plan;
  CLI::App* const command =
      app.add_subcommand("enumerate", "Run every program of a small domain on a target");
  command->footer(
      "The domain: sizes of nothing, one, three pages, what remains and one more; each service; "
      "frees of each part of each result; InstallPeiMemory, the migration and the hand-off "
      "(docs/enumerate.md). Each program runs in a child process.");
  command->add_option("--ops", plan.ops, "Maximum number of ops of a program")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  command->add_option("--part", options->part, "Part I of N of the programs: 2/4")
      ->type_name("I/N");
  command
      ->add_option("--resume", plan.resume,
                   "File of the progress: read when it exists, written every ten seconds and at "
                   "the end")
      ->type_name("FILE");
  command
      ->add_option("--seconds", plan.seconds,
                   "Time limit in seconds; --resume continues (default: none)")
      ->check(seconds_from(0.001));
  command->add_option("--out", options->out, "Directory for the programs of findings")
      ->capture_default_str();
  plan.target.add_choice_to(*command);
  add_timeout_option(*command, plan.target.seconds, 0);
  options->known.add_to(*command, true);
  add_json_option(*command, options->json, "findings and counts");
  command->add_flag("--quiet", plan.quiet, "Print findings only");
  command->callback([options, &exit_code] { exit_code = enumerate(*options); });
}

}  // namespace hobnail
