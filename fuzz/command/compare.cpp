// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail compare: runs programs on two targets and reports differences.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/compare_lists.h"
#include "fuzz/command/options/known_options.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/banner.h"
#include "fuzz/targets/second_target.h"
#include "properties/oracle/boot/consumer.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::CallPolicy;
using oracle::Comparison;
using oracle::Finding;
using oracle::RunOptions;
using oracle::Signature;

struct Options {
  std::vector<std::string> files;
  std::string target;
  std::string against;
  std::string consumer;
  std::string other_consumer;
  std::string standard;
  std::string json;
  bool layout = false;
  bool contract = false;
  bool quiet = false;
  BoardOptions boards;
  RuleOptions rules;
  KnownOptions known;
};

struct ComparisonTally {
  std::size_t played = 0;
  std::size_t skipped = 0;
  std::size_t findings = 0;
  std::size_t errors = 0;
  std::size_t known_seen = 0;  // findings of known issues
  oracle::KnownIssues known;
  std::size_t ops = 0;       // calls of both
  std::size_t compared = 0;  // ops of programs
  nlohmann::json records = nlohmann::json::array();
};

// A target under the name that reports have for it.
struct NamedTarget {
  std::string own_name;
  std::string name;
  hobnail_target target{};  // its name is `name`
};

struct Pair {
  NamedTarget one;
  NamedTarget other;
  Signature signature = Signature::Any;
};

// `shown`: its file, where another target has the same name; else empty.
void name_target(const hobnail_target& target, const std::string& shown, NamedTarget& named) {
  named.own_name = target.name;
  named.name = shown.empty() ? named.own_name : fmt::format("{} ({})", target.name, shown);
  // That of an older ABI is shorter.
  std::memcpy(&named.target, &target, std::min<std::size_t>(target.size, sizeof named.target));
  named.target.name = named.name.c_str();
}

std::string file_of(const std::string& option, const char* variable) {
  const char* const named = std::getenv(variable);
  if (!option.empty()) return option;
  return named == nullptr || *named == '\0' ? "built-in" : named;
}

// Targets of one name are distinguished by their files.
void name_both(const Options& options, const hobnail_target& one, const hobnail_target& other,
               Pair& pair) {
  const bool alike = std::string_view(one.name) == other.name;
  name_target(one, alike ? file_of(options.target, "HOBNAIL_TARGET") : "", pair.one);
  name_target(other, alike ? file_of(options.against, "HOBNAIL_AGAINST") : "", pair.other);
}

nlohmann::json record_of(const ProgramFile& file, const Finding& finding) {
  const std::string_view op = op_name_at(file.program, finding.op);
  return {{"rule", finding.rule},
          {"class", class_of(finding)},
          {"bucket", fmt::format("{}/{}", finding.rule, op)},
          {"op", finding.op},
          {"evidence", finding.evidence},
          {"file", file.path.native()},
          {"program", oracle::print_text(file.program)}};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

// What a finding says of its check, with the targets' own names, as known issues have it. Of one
// under the target under test, they do not have its name.
std::string own_words_of(const Finding& finding, const Pair& pair) {
  std::string evidence = finding.evidence;
  for (const NamedTarget* const named : {&pair.one, &pair.other}) {
    if (named->name != named->own_name) replace_all(evidence, named->name, named->own_name);
  }
  const std::string name = fmt::format("{}: ", pair.one.own_name);
  return oracle::words_of_finding(
      std::string_view(evidence).substr(evidence.starts_with(name) ? name.size() : 0));
}

// A difference has no phase and no conditions: rule, op and check decide.
bool is_known(const oracle::KnownIssues& issues, const oracle::Program& program,
              const Finding& finding, const Pair& pair) {
  const std::string_view op = op_name_at(program, finding.op);
  const std::string words = own_words_of(finding, pair);
  return std::any_of(issues.lines.begin(), issues.lines.end(), [&](const oracle::KnownIssue& one) {
    return one.fixed.empty() && one.pattern && (one.pattern->op.empty() || one.pattern->op == op) &&
           one.pattern->fits_finding(finding.rule, words);
  });
}

void compare_file(const Options& options, const Pair& pair, const ProgramFile& file,
                  ComparisonTally& tally) {
  RunOptions run;
  run.consumer = &pei::builtin_dxe();
  run.boards = options.boards.set();
  run.rules = options.rules.set(standard_named(options.standard, options.target));
  if (options.contract) run.policy = CallPolicy::Contract;
  const Comparison comparison =
      compare_targets(file.program, pair.one.target, pair.other.target, pair.signature, run);
  const std::string name = clean_text(file.path.native());
  if (!comparison.skipped.empty()) {
    ++tally.skipped;
    if (!options.quiet) fmt::print("skip  {}: skipped: {}\n", name, comparison.skipped);
    return;
  }
  ++tally.played;
  tally.ops += comparison.ops_run;
  tally.compared += comparison.compared;
  if (comparison.finding && is_known(tally.known, file.program, *comparison.finding, pair)) {
    ++tally.known_seen;
    if (!options.quiet) fmt::print("known {}: {}\n", name, comparison.finding->rule);
    return;
  }
  if (comparison.finding) {
    ++tally.findings;
    tally.records.push_back(record_of(file, *comparison.finding));
    fmt::print("FAIL  {}: {}, {}\n      {}\n", name, comparison.finding->rule,
               where_found(file.program, *comparison.finding), comparison.finding->evidence);
    return;
  }
  if (options.quiet) return;
  fmt::print("ok    {} ({} of {} ops compared)\n", name, comparison.compared,
             file.program.ops.size());
  if (!comparison.stopped.empty()) fmt::print("      to {}\n", comparison.stopped);
}

nlohmann::json json_of(const ComparisonTally& tally, double seconds) {
  return {{"findings", tally.records}, {"executions", tally.played}, {"skipped", tally.skipped},
          {"known", tally.known_seen}, {"ops", tally.ops},           {"compared", tally.compared},
          {"seconds", seconds}};
}

int report(const Options& options, const Pair& pair, const ComparisonTally& tally, double seconds) {
  if (!options.quiet) {
    fmt::print("{} programs compared on {} and {}{}, {} ops, {} findings{}{}\n", tally.played,
               pair.one.name, pair.other.name,
               pair.signature == Signature::SamePolicy ? ", layout too" : "", tally.compared,
               tally.findings,
               tally.known_seen == 0 ? "" : fmt::format(", {} known", tally.known_seen),
               tally.skipped == 0 ? "" : fmt::format(", {} skipped", tally.skipped));
  }
  write_json_option(options.json, json_of(tally, seconds));
  if (tally.played == 0 && tally.skipped != 0) {
    throw UsageError("every program was skipped: nothing was compared");
  }
  if (tally.errors != 0) return kCannotWork;
  return tally.findings != 0 ? kFindings : kNothingFound;
}

// HOB lists on two readers; nothing when the files are programs.
std::optional<int> compare_as_lists(const Options& options) {
  const auto lists = std::count_if(options.files.begin(), options.files.end(), names_list);
  const auto all = static_cast<std::ptrdiff_t>(options.files.size());
  const bool chosen = !options.consumer.empty() || !options.other_consumer.empty();
  if (!chosen && (lists == 0 || oracle::consumer_of_environment().empty())) return std::nullopt;
  if (lists == 0) {
    throw UsageError("--consumer compares readers of HOB lists: name .hobs or .hob files");
  }
  if (lists != all) {
    throw UsageError(
        "programs and HOB lists cannot be compared together; name them in two commands");
  }
  return compare_lists(options.files,
                       {options.consumer, options.other_consumer,
                        options.rules.set(standard_named(options.standard, options.target)),
                        options.json, options.quiet});
}

int compare(const Options& options) {
  try_output(options.json, options.files);
  if (const auto code = compare_as_lists(options)) return *code;
  report_crashes(20);
  const auto start = std::chrono::steady_clock::now();
  const hobnail_target& one = target_named(options.target);
  Pair pair;
  pair.signature = options.layout ? Signature::SamePolicy : Signature::Any;
  name_both(options, one, *value_of(load_second_target(one, options.against)), pair);
  ComparisonTally tally;
  tally.known = options.known.read();
  watch_for_interrupts();
  for (const auto& path : value_of(expand_inputs(options.files))) {
    if (interrupted()) break;
    std::fflush(stdout);  // the next boot may end this process
    note_input(path.native());
    const auto file = read_program(path);
    if (const auto* error = std::get_if<FileError>(&file)) {
      complain(error->message);
      ++tally.errors;
      continue;
    }
    compare_file(options, pair, std::get<ProgramFile>(file), tally);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return report(options, pair, tally, elapsed.count());
}

}  // namespace

void add_compare_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("compare",
                         "Run programs on two targets, or HOB lists on two consumers, and report "
                         "differences");
  command
      ->add_option("FILE", options->files,
                   "Programs, or directories of .boot files; or HOB lists: .hobs text, .hob dumps")
      ->required();
  add_target_option(*command, options->target);
  command
      ->add_option("--against", options->against,
                   "Second target (default: $HOBNAIL_AGAINST, else edk2-like without its quirks)")
      ->type_name("FILE");
  add_consumer_option(*command, options->consumer);
  command
      ->add_option("--against-consumer", options->other_consumer,
                   "Second reader of HOB lists (default: Hobnail's DXE)")
      ->type_name("FILE");
  add_standard_option(*command, options->standard);
  command->add_flag(
      "--layout", options->layout,
      "Compare addresses of pages too; both targets must place pages by the same policy");
  command->add_flag("--contract", options->contract, "Make only the calls that PI allows a PEIM");
  options->boards.add_to(*command);
  options->rules.add_to(*command);
  options->known.add_to(*command, false);
  add_json_option(*command, options->json, "findings and counts");
  command->add_flag("--quiet", options->quiet, "Print findings only");
  command->callback([options, &exit_code] { exit_code = compare(*options); });
}

}  // namespace hobnail
