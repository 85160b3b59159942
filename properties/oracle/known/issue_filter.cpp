// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Watching the calls of a boot.
#include "properties/oracle/known/issue_filter.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kOneIn = 4;  // boots that nothing is left out of

// A number of the program's beginning, for choices that each run of it makes alike: ops that are
// added at its end change nothing.
std::uint64_t number_of(const Program& program) {
  constexpr std::size_t kBeginning = 4;
  std::uint64_t number = program.garbage * std::uint64_t{0x9e3779b97f4a7c15} + program.board;
  for (std::size_t i = 0; i < std::min(program.ops.size(), kBeginning); ++i) {
    const Op& op = program.ops[i];
    number = (number ^ static_cast<std::uint64_t>(op.code)) * 0x100000001b3;
    number = (number ^ op.quantity.value) * 0x100000001b3;
  }
  return number ^ number >> 29;
}

// The conditions of an op, if the harness would make its call.
Conditions conditions_now(const Boot& boot, const Op& op) {
  const bool dxe = boot.model.stage == Stage::Dxe && op.code == OpCode::ExitBootServices;
  return boot.model.stage == Stage::Pei || dxe ? conditions_of(boot, op) : Conditions{};
}

// A crash says its signal and its functions, which a process does not know of its own death.
std::string words_of(const Finding& finding) {
  if (finding.rule == rule_name(RuleId::TargetCrash)) return {};
  return words_of_finding(finding.evidence);
}

// Boots go on behind all findings of the issue: each service reports a refusal by
// report_harmless(), except InstallPeiMemory, without which the boot has no permanent memory.
bool harms_nothing(const IssuePattern& pattern) {
  return pattern.rules.size() == 1 && pattern.rules.front() == rule_name(RuleId::Refusal) &&
         pattern.op != row_of(OpCode::InstallPeiMemory).name;
}

// No call of a boot triggers it.
bool is_of_several_boots(const IssuePattern& pattern) {
  return pattern.rules.size() == 1 && pattern.rules.front() == kStateOutlivesBoot;
}

std::string_view op_of(const Boot& boot, const Finding& finding) {
  if (boot.calls_entry) return "enter";
  if (finding.op >= boot.program.ops.size()) return "end";
  return row_of(boot.program.ops[finding.op].code).name;
}

}  // namespace

BootPhase boot_phase_of(const Boot& boot) {
  if (boot.model.stage != Stage::Pei) return BootPhase::AfterPei;
  return static_cast<BootPhase>(boot.model.phase);
}

IssueFilter::IssueFilter(KnownIssues issues, bool steer)
    : issues_(std::move(issues)), steer_(steer) {
  for (std::size_t i = 0; i < issues_.lines.size(); ++i) {
    const KnownIssue& issue = issues_.lines[i];
    if (!issue.fixed.empty() || !issue.pattern || is_of_several_boots(*issue.pattern)) continue;
    watched_.push_back({*issue.pattern, i + 1, false});
  }
}

void IssueFilter::begin_boot(const Boot& boot) {
  before_ = 0;
  noted_.clear();
  choice_ = number_of(boot.program);
  steers_this_boot_ = steer_ && choice_ % kOneIn != 0;
  choice_ >>= 8;
}

// The op completes what the issue needs before its call.
bool IssueFilter::breaks_way(const Watched& issue, const IssueFacts& facts, const Op& op) const {
  const OpKinds after = issue.needed_ops();
  const OpKinds kinds = kinds_of(op);
  const bool completes = (after & kinds) != 0 && (after & ~before_ & ~kinds) == 0;
  const auto phase = issue.pattern.phase ? issue.pattern.phase : issue.pattern.trigger.phase;
  const bool here = !phase || *phase == facts.phase;
  return completes && (here || op.code == OpCode::InstallPeiMemory);
}

bool IssueFilter::leaves_out(const Boot& boot, const Op& op) {
  if (boot.op == 0) begin_boot(boot);
  const IssueFacts facts{
      {}, row_of(op.code).name, boot_phase_of(boot), {}, boot.program.board, before_, {}};
  std::optional<Conditions> conditions;
  const auto get = [&]() -> const Conditions& {
    if (!conditions) conditions = conditions_now(boot, op);
    return *conditions;
  };
  bool left_out = false;
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    Watched& issue = watched_[i];
    issue.fits = issue.pattern.fits_call(facts, get);
    if (!steers_this_boot_ || harms_nothing(issue.pattern)) continue;
    const bool earlier = issue.needed_ops() != 0 && (choice_ >> i % 56 & 1U) != 0;
    const bool named = issue.pattern.op == facts.op;
    left_out = left_out || (earlier ? breaks_way(issue, facts, op) : named && issue.fits);
  }
  if (!left_out) before_ |= kinds_of(op);
  return left_out;
}

std::size_t IssueFilter::issue_of(const Boot& boot, const Finding& finding) const {
  const std::string_view op = op_of(boot, finding);
  const bool at_op = op != "enter" && op != "end";
  const std::string words = words_of(finding);
  for (const Watched& issue : watched_) {
    IssueFacts facts{finding.rule, op, boot_phase_of(boot), {}, boot.program.board, before_, words};
    // A call was looked at before it was made, in the phase and the state that it met.
    const bool fits = at_op ? issue.fits : issue.pattern.matches(facts);
    if (fits && issue.pattern.fits_finding(finding.rule, words)) return issue.number;
  }
  return 0;
}

bool IssueFilter::notes(const Boot& boot, const Finding& finding) {
  const std::size_t issue = issue_of(boot, finding);
  if (issue == 0) return false;
  const auto at = std::lower_bound(noted_.begin(), noted_.end(), issue);
  if (at == noted_.end() || *at != issue) noted_.insert(at, issue);
  return true;
}

}  // namespace hobnail::oracle
