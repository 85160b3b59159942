// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The child: trials, and their results as the outcome of a boot.
//
//   finding   the rule's, or one that stands for the claim
//   hints     one when the claim itself fell
//   reset     the program whose boot shows it, and why
#include "fuzz/command/suites/claim_executor.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "fuzz/triage/execution/worker.h"
#include "properties/oracle/board/board.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::CaseResult;
using oracle::Claim;
using oracle::Outcome;
using oracle::Program;
using oracle::Refutation;
using oracle::TrialSetup;

// A trial has several boots; each has its own limit.
constexpr double kBootsOfTrial = 16;

void reply_with_end(const Program& /*program*/, const oracle::Finding& finding, bool /*muted*/) {
  reply_last(finding);
}

Outcome outcome_of_case(const CaseResult& result, const Program& program) {
  Outcome outcome;
  outcome.ops_run = result.ops;
  if (!result.run) outcome.skipped = "its board is not one of this run";
  if (!result.refutation) return outcome;
  const Refutation& refutation = *result.refutation;
  outcome.reset = {oracle::print_text(refutation.program), refutation.why};
  if (refutation.finding) {
    outcome.finding = refutation.finding;
  } else {
    outcome.hints = {"claim"};
    outcome.finding =
        oracle::Finding{rule_name(oracle::RuleId::TargetCrash), program.ops.size(), refutation.why};
  }
  return outcome;
}

// The variant of the task, then the small ones.
Outcome try_variants(const Claim& claim, const Program& program, const TrialSetup& setup,
                     ClaimTask& task) {
  task.tried = task.variant;
  CaseResult result = oracle::try_claim(claim, program, setup, task.variant);
  for (std::uint64_t variant = 0; variant < task.variants; ++variant) {
    if (result.refutation || !result.picks) break;
    task.tried = variant;
    result = oracle::try_claim(claim, program, setup, variant);
  }
  return outcome_of_case(result, program);
}

// What runs now, should the child end.
void note_program(const Program& program, ClaimTask& task) {
  task.size = 0;
  const std::vector<std::uint8_t> bytes = encode(program);
  if (bytes.size() > task.bytes.size()) return;
  std::copy(bytes.begin(), bytes.end(), task.bytes.begin());
  task.size = static_cast<std::uint32_t>(bytes.size());
}

void be_claim_worker(const hobnail_target& target, const oracle::RunOptions& run, double seconds,
                     ClaimTask& task) {
  oracle::Board::part_from_parent();
  oracle::install_crash_reporter(reply_with_end, oracle::Signals::Ours);
  oracle::limit_time(seconds);
  TrialSetup setup;
  setup.target = &target;
  setup.rules = run.rules;
  setup.boards = run.boards;
  setup.consumer = run.consumer;
  setup.policy = run.policy;
  setup.thorough_sample = true;
  setup.seconds = seconds;
  setup.before_boot = [&task](const Program& program) { note_program(program, task); };
  answer_requests([&](std::span<const std::uint8_t> bytes, bool /*trace*/) {
    return try_variants(oracle::claims()[task.claim], oracle::decode_bytes(bytes), setup, task);
  });
}

}  // namespace

ClaimExecutor::ClaimExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                             double seconds)
    : ClaimExecutor(target, run, seconds, oracle::make_shared_object<ClaimTask>()) {}

ClaimExecutor::ClaimExecutor(const hobnail_target& target, const oracle::RunOptions& run,
                             double seconds, oracle::SharedObject<ClaimTask> task)
    : ChildExecutor([&target, run, seconds,
                     shared = task.get()] { be_claim_worker(target, run, seconds, *shared); },
                    {.seconds = seconds * kBootsOfTrial}, "the trial"),
      task_(std::move(task)) {}

void ClaimExecutor::choose(const Claim& claim, std::uint64_t variant, std::uint64_t variants) {
  task_->claim = static_cast<std::uint32_t>(&claim - oracle::claims().data());
  task_->variant = variant;
  task_->variants = variants;
}

// The evidence of a claim is not compared by the minimizer: another op may show the same.
void ClaimExecutor::complete(std::span<const std::uint8_t> /*bytes*/, Execution& execution) const {
  if (execution.outcome.hints.empty()) return;
  execution.outcome.finding->rule = claim().name;
  execution.outcome.finding->evidence = claim().title;
  execution.context.entered = true;  // it is no finding of an op, but not of the entry either
}

Refuted ClaimExecutor::refuted(const Program& program, const Execution& execution) const {
  const Outcome& outcome = execution.outcome;
  Refuted result{program, outcome.finding->evidence, task_->tried, outcome.hints.empty()};
  if (outcome.reset.size() == 2) {
    result.why = outcome.reset[1];
    auto parsed = oracle::parse_text(outcome.reset[0]);
    if (auto* const shown = std::get_if<Program>(&parsed)) result.program = std::move(*shown);
  } else if (task_->size != 0) {
    result.program = oracle::decode_bytes(std::span(task_->bytes).first(task_->size));
  }
  return result;
}

}  // namespace hobnail
