// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail minimize: the shortest and plainest program of the same finding.
#include <fmt/format.h>

#include <fstream>

#include "fuzz/hobnail/commands.h"
#include "fuzz/hobnail/program_file.h"
#include "fuzz/hobnail/triage_options.h"
#include "fuzz/hobnail/triage_text.h"
#include "fuzz/triage/inputs.h"
#include "fuzz/triage/minimise.h"
#include "fuzz/triage/record_json.h"
#include "fuzz/triage/record_of.h"
#include "fuzz/triage/symbols.h"

namespace hobnail {
namespace {

struct Options {
  std::string file;
  TrialOptions trial;
  std::string out;
  std::string json;
  std::size_t runs = 2000;
  std::uint64_t seed = 0;
  bool quiet = false;
};

TriageRecord minimal_record(Player& player, const Options& options, const Minimised& result,
                            const Input& input, const std::string& target) {
  // Once more, with a trace.
  const Trial traced = player.play(result.program, true);
  TriageRecord record = record_of(result.program, traced.found() ? traced : result.trial, target);
  record.tried = 2;
  record.reproduced = traced.found() ? 2 : 1;
  record.ops_before = std::get<pei::oracle::Program>(input.content).ops.size();
  record.minimise_runs = result.runs;
  record.files = {input.file};
  record.representative = input.file.path;
  record.program_file = options.out;
  return record;
}

int tell(const Options& options, const Minimised& result, const TriageRecord& record,
         const TriageReport& report) {
  if (!options.out.empty()) {
    std::ofstream out(options.out);
    out << record.program_text;
    out.close();
    if (out.fail()) return complain(options.out + ": cannot be written");
  }
  if (!options.json.empty() && !write_json(options.json, to_json(report))) {
    return complain(options.json + ": cannot be written");
  }
  if (!options.quiet) {
    fmt::print("{}  {}\n", record.fingerprint, record.bucket);
    print_record(record);
    fmt::print("{} ops of {}, {} boots{}\n", record.program.ops.size(), record.ops_before,
               result.runs, result.exhausted ? "; --runs was not enough" : "");
  } else if (options.out.empty()) {
    fmt::print("{}", record.program_text);
  }
  return kFindings;
}

int run(const Options& options) {
  let_reports_be_quick();
  const std::vector<Input> inputs = read_inputs({options.file});
  if (inputs.size() != 1) return complain(options.file + ": is not one file (see hobnail triage)");
  if (const auto* bad = std::get_if<Unreadable>(&inputs[0].content)) {
    return complain(fmt::format("{}: {}", inputs[0].file.path, bad->words));
  }
  const auto loaded = options.trial.load_if_it_loads();
  if (const auto* error = std::get_if<pei::oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  const auto& program = std::get<pei::oracle::Program>(inputs[0].content);
  Player player(target, options.trial.run_options(), options.trial.limits());
  const Trial first = player.play(program);
  if (!first.outcome.skipped.empty()) return complain("skipped: " + first.outcome.skipped);
  if (!first.found()) {
    if (!options.quiet) fmt::print("no finding on {}: nothing to minimise\n", target.name);
    return kNothingFound;
  }
  MinimiseOptions settings{options.runs, options.seed, {}};
  settings.progress = [](std::size_t runs, std::size_t ops) {
    if (runs % 16 == 0) print_progress(fmt::format("{} ops, boot", ops), runs, 0);
  };
  const Minimised result = minimise(player, program, first, settings);
  end_progress();
  TriageReport report;
  report.target = target.name;
  report.files = 1;
  report.records = {minimal_record(player, options, result, inputs[0], report.target)};
  report.executions = player.executions;
  report.ops = player.ops;
  return tell(options, result, report.records[0], report);
}

}  // namespace

void add_minimize_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("minimize", "find the shortest, plainest program of the same finding");
  command->add_option("FILE", options->file, "a program: .boot text or fuzzer bytes")->required();
  options->trial.add_to(*command);
  command->add_option("--out", options->out, "write the program to this file");
  command->add_option("--runs", options->runs, "boots that it may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      ->add_option("--seed", options->seed, "in which order deletions are tried; 0: from the end")
      ->capture_default_str();
  command->add_option("--json", options->json, "write the record to this file");
  command->add_flag("--quiet", options->quiet, "print nothing but the program");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
