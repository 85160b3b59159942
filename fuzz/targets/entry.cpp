// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parts that fuzz targets share.
#include "fuzz/targets/entry.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <variant>
#include <vector>

#include "fuzz/targets/counters.h"
#include "fuzz/targets/finding_sink.h"
#include "fuzz/targets/model_counters.h"
#include "properties/oracle/boot/standard_choice.h"
#include "properties/oracle/known/issue_filter.h"
#include "properties/oracle/known/without_left_out.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/rules/rule_choice.h"

namespace hobnail {
namespace {

std::uint64_t g_ops = 0;

void print_ops() {
  if (g_ops == 0) return;  // no input was run; the reason is already printed
  std::fprintf(stderr, "stat::ops: %llu\n", static_cast<unsigned long long>(g_ops));
}

// The value of a result, or the end of the process with the reason in one line.
template <typename Value, typename Error>
Value value_or_exit(const std::variant<Value, Error>& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    std::fprintf(stderr, "hobnail: %s\n", error->message.c_str());
    std::_Exit(2);
  }
  return std::get<Value>(result);
}

// Of the process that started this one.
SharedCounters* shared_counters() {
  static SharedCounters* const kCounters = counters_of_environment();
  return kCounters;
}

oracle::KnownFilter* known_of_environment() {
  const char* const path = std::getenv("HOBNAIL_KNOWN");
  if (path == nullptr || *path == '\0') return nullptr;
  static oracle::IssueFilter filter(value_or_exit(oracle::read_known_issues(path, false)));
  return &filter;
}

// A loaded core may have no coverage: the engine then uses the counters of the model.
ModelCounters& guidance() {
  static ModelCounters counters(Counting::Counts);
  return counters;
}

}  // namespace

const hobnail_target& target_under_test() {
  static const hobnail_target& kTarget = *value_or_exit(oracle::load_target_from_environment());
  return kTarget;
}

const oracle::RunOptions& options_under_test(oracle::Standard built_in) {
  static const oracle::RunOptions kOptions = [built_in] {
    oracle::RunOptions options;
    options.boards = value_or_exit(oracle::boards_of_environment());
    options.rules = value_or_exit(oracle::rules_of_environment());
    options.known = known_of_environment();
    options.digests_list = false;  // no one reads it
    const oracle::Standard standard = oracle::default_standard("", built_in);
    options.rules.set_standard(value_or_exit(oracle::choose_standard("", standard)));
    if (standard == oracle::Standard::Pi) options.observer = &guidance();
    return options;
  }();
  return kOptions;
}

// Lack of memory, descriptors or addresses: an error of the environment, and no finding.
[[noreturn]] static void end_without_board() {
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hobnail: %s\n", error.what());
    std::exit(2);
  } catch (...) {
    std::fputs("hobnail: an unknown exception\n", stderr);
  }
  std::abort();
}

void begin_fuzz_target(oracle::Signals signals) {
  oracle::install_crash_reporter(print_last_words, signals);
  (void)std::atexit(print_ops);
  std::set_terminate(end_without_board);
}

BenchStage stage_of_environment() {
  const char* const asked = std::getenv("HOBNAIL_RUNG");
  const std::string_view name = asked == nullptr || *asked == '\0' ? "all" : asked;
  if (name == "empty") return BenchStage::Empty;
  if (name == "decode") return BenchStage::Decode;
  if (name == "model") return BenchStage::Model;
  if (name == "all") return BenchStage::All;
  std::fprintf(stderr, "hobnail: HOBNAIL_RUNG is %s; there are empty, decode, model and all\n",
               asked);
  std::_Exit(2);
}

std::optional<oracle::Program> program_of(std::span<const std::uint8_t> input) {
  constexpr std::size_t kOpsRun = 1400;
  constexpr std::uint64_t kHobsLookedAt = 250'000;  // a second under sanitizers
  oracle::Program program = oracle::decode_bytes(input);
  if (program.ops.size() > kOpsRun || hobs_looked_at(program.ops) > kHobsLookedAt) return {};
  return program;
}

void count_ops(std::uint64_t ops) {
  g_ops += ops;
  if (SharedCounters* const counters = shared_counters()) count_input(*counters, ops);
}

void report_finding_of(std::span<const std::uint8_t> input, const oracle::Program& program,
                       oracle::Finding finding, std::span<const std::size_t> left_out) {
  // Without a filter the input would not come to the same call.
  oracle::Program run = without_left_out(program, left_out);
  run.contract = contract_wanted(run, target_under_test(), oracle::CallPolicy::TargetDecides);
  finding.op = oracle::index_without(finding.op, left_out);
  std::vector<std::uint8_t> bytes;
  if (!left_out.empty()) {
    bytes = oracle::encode_bytes(run);
    input = bytes;
  }
  const std::string_view op = op_name_at(run, finding.op);
  const std::string signature = fmt::format("{}-{}-{}", finding.rule, op, class_of(finding));
  if (finding.known == 0) return report_finding(input, {signature, banner(run, finding)});
  if (SharedCounters* const counters = shared_counters()) count_known(*counters, finding.known);
  keep_known(input, fmt::format("known-{}-{}", finding.known, signature));
}

void take_outcome(std::span<const std::uint8_t> input, const oracle::Program& program,
                  const oracle::Outcome& outcome) {
  count_ops(outcome.ops_run);
  if (SharedCounters* const counters = shared_counters()) {
    for (const std::size_t issue : outcome.noted) count_noted(*counters, issue);
  }
  if (outcome.finding) report_finding_of(input, program, *outcome.finding, outcome.left_out);
}

}  // namespace hobnail

// A report without a stack does not help, however the process was started. Boots are short: what
// they free need not wait long, and few frames say who allocated. Giving memory back to the kernel
// would take a tenth of the time.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "handle_abort=1:detect_leaks=0:allocator_may_return_null=1:quarantine_size_mb=16:"
         "allocator_release_to_os_interval_ms=-1:malloc_context_size=6";
}
