// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cases, and what becomes of a finding.
#include "fuzz/command/suites/suite_hunt.h"

#include <fmt/format.h>

#include <utility>

#include "fuzz/command/known/known_hunt.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/banner.h"
#include "fuzz/triage/boot/executor.h"
#include "fuzz/triage/minimize/minimize.h"
#include "fuzz/triage/state/fresh_boots.h"
#include "fuzz/triage/state/history_search.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::Claim;
using oracle::Finding;
using oracle::Program;
using oracle::Random;

constexpr std::uint64_t kSmallVariants = 32;    // tried for each smaller program
constexpr std::uint64_t kReplayVariants = 256;  // tried for a program without a variant
constexpr std::size_t kMinimizeRuns = 2000;
constexpr double kMinimizeSeconds = 10;
constexpr std::size_t kFirstBatch = 256;  // when all of it is skipped, so is the rest

MinimizeOptions minimize_options() {
  MinimizeOptions options;
  options.runs = kMinimizeRuns;
  options.end = std::chrono::steady_clock::now() +
                std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                    std::chrono::duration<double>(kMinimizeSeconds));
  return options;
}

Program case_program(const SuitePlan& plan, oracle::BoardSet boards, Random& random) {
  return oracle::canonical(oracle::generate_program(random, plan.ops, boards));
}

// Beside the random numbers, small ones: the first op, the last result, one page.
std::uint64_t draw_variant(Random& random) {
  const std::uint64_t number = random.next();
  return random.one_in(4) ? number % kSmallVariants : number >> 2;
}

}  // namespace

SuiteHunt::SuiteHunt(const SuitePlan& plan, const hobnail_target& target,
                     const oracle::RunOptions& run)
    : plan_(plan),
      target_(target),
      run_(run),
      executor_(target, run, plan.op_seconds),
      progress_(plan.quiet),
      begin_(Clock::now()),
      counts_(plan.claims.size()) {}

double SuiteHunt::seconds() const {
  return std::chrono::duration<double>(Clock::now() - begin_).count();
}

std::size_t SuiteHunt::cases() const {
  std::size_t all = 0;
  for (const ClaimCount& count : counts_) all += count.cases;
  return all;
}

void SuiteHunt::show_progress() {
  progress_.show(fmt::format("{:>6.0f} s  {:>10} cases  {:>12} ops  {} findings", seconds(),
                             cases(), executor_.ops, findings_.size()));
}

void SuiteHunt::run() {
  watch_for_interrupts();
  const std::size_t claims = plan_.claims.size();
  const std::size_t last = plan_.cases == 0 ? ~std::size_t{0} : plan_.cases * claims;
  for (std::size_t number = 0; number < last && !interrupted(); ++number) {
    if (plan_.cases == 0 && seconds() >= plan_.seconds) break;
    if (number == kFirstBatch && cases() == 0) break;
    const std::size_t claim = number % claims;
    if (counts_[claim].fell) {
      bool any_stands = false;
      for (const ClaimCount& count : counts_) any_stands = any_stands || !count.fell;
      if (any_stands) continue;
      break;
    }
    if (!take(claim, number)) break;
    if (number % 16 == 0) show_progress();
  }
  progress_.clear();
}

SuiteHunt::Case SuiteHunt::case_of(std::size_t number) const {
  Random random((plan_.seed * 0x9e3779b97f4a7c15ULL + number) ^ 0x5eed5);
  Case made;
  made.program = case_program(plan_, run_.boards, random);
  made.program.contract = oracle::contract_wanted({}, target_, run_.policy);
  made.variant = draw_variant(random);
  return made;
}

// False: there are enough findings.
bool SuiteHunt::take(std::size_t claim, std::size_t number) {
  Case made = case_of(number);
  SuiteFinding finding;
  finding.claim = plan_.claims[claim];
  finding.number = number;
  finding.program = std::move(made.program);
  finding.variant = made.variant;
  note_input(
      fmt::format("case {} of --seed {}, {}", number, plan_.seed, full_name(*finding.claim)));
  executor_.choose(*finding.claim, finding.variant, 0);
  const Execution execution = hobnail::run(executor_, finding.program);
  ClaimCount& count = counts_[claim];
  if (!execution.outcome.skipped.empty()) {
    ++count.skipped;
    return true;
  }
  ++count.cases;
  if (!execution.found()) return true;
  const Refuted refuted = executor_.refuted(finding.program, execution);
  finding.shown = refuted.program;
  finding.why = refuted.why;
  finding.by_rule = refuted.by_rule;
  if (refuted.by_rule) {
    ++count.violations;
    take_violation(std::move(finding), *execution.outcome.finding);
  } else {
    count.fell = true;
    take_refutation(std::move(finding), execution);
  }
  return findings_.size() < plan_.findings;
}

// Of violations that look alike the first is reported; with known issues, the first of each cause.
void SuiteHunt::take_violation(SuiteFinding finding, const Finding& found) {
  const std::string look = fmt::format("{}/{}/{}", found.rule, op_name_at(finding.shown, found.op),
                                       oracle::check_words(found.evidence));
  const bool is_new = looks_.insert(look).second;
  if (!is_new && plan_.known == nullptr) return;
  finding.rule = found.rule;
  finding.op = found.op;
  finding.call_class = class_of(found);
  BootExecutor boots(target_, run_, {.seconds = plan_.op_seconds});
  const Execution alone = hobnail::run(boots, finding.shown);
  finding.reproduced = alone.found() && alone.outcome.finding->rule == found.rule;
  if (!finding.reproduced && !is_new) return;
  if (finding.reproduced) {
    KnownHunt* const known = plan_.known;
    if (known != nullptr && known->take(finding.shown, *alone.outcome.finding)) return;
    const auto smallest = minimize(boots, finding.shown, alone, minimize_options());
    const Finding& minimal = *smallest.execution.outcome.finding;
    finding.shown = smallest.test;
    finding.why = minimal.evidence;
    finding.op = minimal.op;
    finding.call_class = class_of(minimal);
    finding.program = finding.shown;
  } else if (!refutes_afresh(finding)) {
    search_history(finding);
  }
  findings_.push_back(std::move(finding));
}

bool SuiteHunt::refutes_afresh(const SuiteFinding& finding) {
  executor_.choose(*finding.claim, finding.variant, 0);
  executor_.start_afresh();
  return hobnail::run(executor_, finding.program).found();
}

// Most claims run two boots of each case. The second run of this program is compared with the
// first, and either may be the one that answers as in a new process: the program itself is among
// the boots before, or is not.
void SuiteHunt::search_history(SuiteFinding& finding) {
  finding.needs_history = true;
  const oracle::Standard standard = run_.rules.standard();
  const auto boot = [&](std::size_t place) {
    const std::size_t number = place / 2;
    if (number >= finding.number) return finding.shown;
    const Claim& claim = *plan_.claims[number % plan_.claims.size()];
    return canonical(shaped(claim, case_of(number).program, standard));
  };
  StateSearch limits;
  limits.seconds = kMinimizeSeconds;
  limits.progress = [this](std::size_t series, std::size_t boots, std::size_t /*ops*/) {
    progress_.show(fmt::format("search for a history: {} boots left, run {}", boots, series));
  };
  FreshBoots fresh(target_, run_, plan_.op_seconds);
  StateAnswer answer;
  for (const std::size_t count : {2 * finding.number + 2, 2 * finding.number}) {
    answer = find_history(fresh, {count, boot}, finding.shown, limits);
    if (answer.verdict != StateVerdict::None || count == 0) break;
  }
  if (answer.verdict != StateVerdict::State) return;
  finding.state = std::move(answer.finding);
  finding.shown = finding.state->boot;
  finding.program = finding.shown;
  if (finding.by_rule) finding.op = oracle_finding(*finding.state).op;
}

void SuiteHunt::take_refutation(SuiteFinding finding, const Execution& first) {
  const Claim& claim = *finding.claim;
  const oracle::Standard standard = run_.rules.standard();
  finding.rule = full_name(claim);
  finding.program = canonical(shaped(claim, finding.program, standard));
  if (!refutes_afresh(finding)) {
    search_history(finding);
    findings_.push_back(std::move(finding));
    return;
  }
  executor_.choose(claim, finding.variant, kSmallVariants);
  const auto smallest = minimize(executor_, finding.program, first, minimize_options());
  const Program program = canonical(shaped(claim, smallest.test, standard));
  executor_.start_afresh();
  const Execution last = hobnail::run(executor_, program);
  if (last.found() && !last.outcome.hints.empty()) {
    const Refuted refuted = executor_.refuted(program, last);
    finding.program = program;
    finding.shown = refuted.program;
    finding.why = refuted.why;
    finding.variant = refuted.variant;
  }
  findings_.push_back(std::move(finding));
}

void SuiteHunt::replay(const Program& program, const std::uint64_t* variant) {
  for (std::size_t i = 0; i < plan_.claims.size(); ++i) {
    SuiteFinding finding;
    finding.claim = plan_.claims[i];
    finding.program = canonical(program);
    executor_.choose(*finding.claim, variant != nullptr ? *variant : 0,
                     variant != nullptr ? 0 : kReplayVariants);
    const Execution execution = hobnail::run(executor_, finding.program);
    if (!execution.outcome.skipped.empty()) {
      ++counts_[i].skipped;
      continue;
    }
    ++counts_[i].cases;
    if (!execution.found()) continue;
    const Refuted refuted = executor_.refuted(finding.program, execution);
    const Finding& found = *execution.outcome.finding;
    finding.shown = refuted.program;
    finding.why = refuted.why;
    finding.variant = refuted.variant;
    finding.by_rule = refuted.by_rule;
    finding.rule = refuted.by_rule ? std::string(found.rule) : full_name(*finding.claim);
    finding.op = found.op;
    finding.call_class = class_of(found);
    counts_[i].violations += refuted.by_rule ? 1U : 0U;
    counts_[i].fell = !refuted.by_rule;
    const bool by_known_issue =
        refuted.by_rule && plan_.known != nullptr && plan_.known->is_known(finding.shown, found);
    if (by_known_issue) continue;
    findings_.push_back(std::move(finding));
  }
}

}  // namespace hobnail
