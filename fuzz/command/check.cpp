// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail check: random programs on a target, for so long or so many; the first finding ends it,
// with the program that shows it in a file.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/rule_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/tally.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using oracle::generate_program;
using oracle::Outcome;
using oracle::Program;
using oracle::Random;
using oracle::TargetError;

struct Options {
  TargetOptions target;
  RuleOptions rules;
  double seconds = 10;
  std::size_t runs = 0;
  std::uint64_t seed = 1;
  std::size_t ops = 60;
  std::size_t findings = 1;
  std::string json;
  std::string out = "out/findings";
  bool quiet = false;
};

// Program number i of a seed, whatever was played before it.
Program program_of(const Options& options, std::size_t i) {
  Random random(options.seed * 0x9e3779b97f4a7c15ULL + i);
  return generate_program(random, options.ops);
}

// Once a second on a terminal, on the same line; else four times in all, for a log.
class Progress {
 public:
  Progress(const Options& options, Clock::time_point start) : options_(options), start_(start) {}

  void tell(const Tally& tally) {
    const double elapsed = seconds();
    if (options_.quiet || elapsed < next_) return;
    next_ = elapsed + (terminal_ ? 1 : 30);
    fmt::print(stderr, "{}{:>6.0f} s  {:>10} programs  {:>12} ops  {:>8.0f} programs/s{}",
               terminal_ ? "\r" : "", elapsed, tally.played, tally.ops,
               static_cast<double>(tally.played) / elapsed, terminal_ ? "" : "\n");
    std::fflush(stderr);
    shown_ = true;
  }
  void finish() const {
    if (shown_ && terminal_) fmt::print(stderr, "\n");
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  const Options& options_;
  Clock::time_point start_;
  double next_ = 1;
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

// The program in a file of its own, which replay takes.
std::string keep(const Options& options, std::string_view rule, std::size_t number,
                 const Program& program) {
  std::error_code ignored;
  fs::create_directories(options.out, ignored);
  const fs::path path =
      fs::path(options.out) / fmt::format("{}-seed{}-{}.boot", rule, options.seed, number);
  std::ofstream file(path);
  file << print_text(program);
  file.close();
  return file.fail() ? "(not kept: " + path.native() + " cannot be written)" : path.native();
}

int check(const Options& options) {
  const auto loaded = options.target.load();
  if (const auto* error = std::get_if<TargetError>(&loaded)) return complain(error->message);
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  const auto rules = rule_set(options.rules);
  if (const auto* error = std::get_if<std::string>(&rules)) return complain(*error);
  Tally tally(options.quiet);
  Progress progress(options, Clock::now());
  const bool by_runs = options.runs != 0;
  const std::size_t count = by_runs ? options.runs : ~std::size_t{0};
  const auto source = [&](std::size_t i) { return program_of(options, i); };
  const auto sink = [&](std::size_t i, const Outcome& outcome) {
    if (outcome.finding) {
      const Program program = program_of(options, i);
      tally.take(keep(options, outcome.finding->rule, i, program), program, outcome);
    } else if (outcome.skipped.empty()) {
      ++tally.played;
      tally.ops += outcome.ops_run;
    } else {
      ++tally.skipped;
    }
    if (i % 64 == 0) progress.tell(tally);
    return tally.findings < options.findings && (by_runs || progress.seconds() < options.seconds);
  };
  oracle::RunOptions run = options.target.run_options();
  run.rules = std::get<oracle::RuleSet>(rules);
  run.thorough_sample = true;
  options.target.play(count, source, target, run, sink);
  progress.finish();
  const double seconds = progress.seconds();
  if (!options.quiet) {
    fmt::print("{} programs played on {}, {} ops, {} findings, {} skipped, {:.1f} s\n",
               tally.played, target.name, tally.ops, tally.findings, tally.skipped, seconds);
  }
  if (!tally.write_json(options.json, seconds)) {
    return complain(fmt::format("{}: cannot be written", options.json));
  }
  if (tally.played == 0) return complain("no program was played");
  return tally.findings != 0 ? kFindings : kNothingFound;
}

}  // namespace

void add_check_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("check", "play random programs on a target");
  command->add_option("--seconds", options->seconds, "for how long")->capture_default_str();
  command->add_option("--runs", options->runs, "how many programs, instead of --seconds");
  command->add_option("--seed", options->seed, "of the programs")->capture_default_str();
  command->add_option("--ops", options->ops, "of a program, at most")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--findings", options->findings, "stop after so many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--out", options->out, "where programs that show something are kept")
      ->capture_default_str();
  options->target.add_to(*command);
  add_rule_options(*command, options->rules);
  command->add_option("--json", options->json, "write findings and counts to this file");
  command->add_flag("--quiet", options->quiet, "print findings only");
  command->callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace hobnail
