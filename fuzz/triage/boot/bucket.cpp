// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Forming buckets.
#include "fuzz/triage/boot/bucket.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/inputs/text_forms.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/fnv1a.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::RuleId;

using oracle::board_profiles;
using oracle::BootPhase;
using oracle::CallClass;
using oracle::Condition;
using oracle::Finding;
using oracle::OpCode;
using oracle::Program;

constexpr std::size_t kFramesInBucket = 2;

// What of the conditions tells bugs apart. Those of the state alone are noise more often than
// not: most programs have live pages.
bool distinguishes(Condition condition) { return condition > Condition::PoolLive; }

oracle::Conditions distinguishing(oracle::Conditions conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (!distinguishes(static_cast<Condition>(i))) conditions.reset(i);
  }
  return conditions;
}

// A wrong argument makes the call wrong, however it came to be made.
bool is_wrong_argument(Condition condition) {
  switch (condition) {
    case Condition::NullOut:
    case Condition::ZeroLength:
    case Condition::TooLong:
    case Condition::TypeRefused:
    case Condition::PastTheEnd:
    case Condition::DoubleFree:
    case Condition::Nobodys:
    case Condition::BelowHeader:
      return true;
    default:
      return false;
  }
}

bool has_wrong_argument(const oracle::Conditions& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions.test(i) && is_wrong_argument(static_cast<Condition>(i))) return true;
  }
  return false;
}

bool at_an_op(const Program& program, const Execution& execution) {
  return execution.context.entered && execution.outcome.finding->op < program.ops.size();
}

// Without what the rest of the bucket implies.
oracle::OpKinds distinguishing_kinds(const Cause& cause, BootPhase phase) {
  using oracle::kind_bit;
  oracle::OpKinds kinds = cause.after;
  if (has_wrong_argument(cause.conditions)) return 0;
  if (cause.any_phase) return kinds;
  if (phase != BootPhase::Temporary) kinds &= ~kind_bit(OpCode::InstallPeiMemory);
  if (phase == BootPhase::Permanent) kinds &= ~kind_bit(OpCode::ReturnToDispatcher);
  return kinds;
}

// What the call must meet, between slashes.
std::string circumstances_of(const Program& program, const Execution& execution,
                             const Cause& cause) {
  std::vector<std::string> parts;
  const BootPhase phase = execution.context.phase;
  if (!cause.any_phase) parts.emplace_back(boot_phase_name(phase));
  if (at_an_op(program, execution)) {
    parts.push_back(oracle::conditions_text(distinguishing(cause.conditions)));
  }
  if (program.board != 0 && !cause.any_board) {
    parts.emplace_back(board_profiles()[program.board].name);
  }
  const std::string way = oracle::kinds_text(distinguishing_kinds(cause, phase));
  if (!way.empty()) parts.push_back("after " + way);
  std::erase(parts, "");
  return joined(parts, "/");
}

std::string all_rules(const Finding& finding, const Cause& cause) {
  std::string rules(finding.rule);
  for (const std::string& rule : cause.also) rules += "|" + rule;
  return rules;
}

}  // namespace

std::string_view op_name_of(const Program& program, const Execution& execution) {
  const Finding& finding = *execution.outcome.finding;
  if (!execution.context.entered) return "enter";
  if (finding.op >= program.ops.size()) return "end";
  return row_of(program.ops[finding.op].code).name;
}

std::vector<std::string_view> conditions_in(const OpContext& context) {
  std::vector<std::string_view> words;
  for (std::size_t i = 1; i < static_cast<std::size_t>(Condition::Count); ++i) {
    const auto condition = static_cast<Condition>(i);
    if (context.has(condition)) words.push_back(condition_name(condition));
  }
  return words;
}

std::string end_of(const Execution& execution, bool within_build) {
  if (execution.kind == FindingKind::Stop)
    return oracle::stop_words(execution.outcome.finding->evidence);
  if (execution.outcome.finding->rule != rule_name(RuleId::TargetCrash)) return {};
  std::string end = execution.death.how;
  const std::size_t count = std::min(execution.death.frames.size(), kFramesInBucket);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& frame = execution.death.frames[i];
    end += "/" + (within_build ? frame : frame.substr(0, frame.rfind("+0x")));
  }
  return end;
}

bool Signature::covers(const Signature& other) const {
  return rule == other.rule && op == other.op && end == other.end && shape == other.shape &&
         (other.contract || !contract);
}

std::string signature_text(const Signature& signature) {
  return fmt::format("{}/{}/{}/{}/{}", signature.rule, signature.op, signature.end, signature.shape,
                     signature.contract);
}

Signature signature_of(const Program& program, const Execution& execution) {
  const Finding& finding = *execution.outcome.finding;
  return {std::string(finding.rule), std::string(op_name_of(program, execution)),
          end_of(execution, true),
          execution.death.how.empty() ? oracle::evidence_shape(finding.evidence) : std::string(),
          finding.calls == CallClass::Contract};
}

std::string raw_group(const Program& program, const Execution& execution) {
  const Signature signature = signature_of(program, execution);
  return fmt::format("{}/{}/{}/{}/{}/{}", signature.rule, signature.op,
                     boot_phase_name(execution.context.phase), reply_name(execution.context.reply),
                     signature.end, signature.shape);
}

std::string bucket_of(const Program& program, const Execution& execution, const Cause& cause) {
  const Finding& finding = *execution.outcome.finding;
  const std::string_view op = op_name_of(program, execution);
  std::string bucket = fmt::format("{}/{}", all_rules(finding, cause), op);
  const std::string circumstances = circumstances_of(program, execution, cause);
  if (const std::string end = end_of(execution, false); !end.empty()) {
    return bucket + "/" + end + (circumstances.empty() ? "" : " <- " + circumstances);
  }
  if (!circumstances.empty()) bucket += "/" + circumstances;
  bucket += "/" + oracle::check_words(finding.evidence);
  for (const std::string& words : cause.words) bucket += " | " + words;
  return bucket;
}

std::string fingerprint_of(std::string_view bucket) {
  std::string name(bucket.substr(0, bucket.rfind(" <- ")));
  if (name.starts_with(rule_name(RuleId::TargetStop))) {
    return fmt::format("{:016x}", oracle::fnv1a(name));  // an assertion may say " | " itself
  }
  const std::size_t slash = std::min(name.find('/'), name.size());
  name.erase(std::min(name.find('|'), slash), slash - std::min(name.find('|'), slash));
  name.erase(std::min(name.find(" | "), name.size()));
  return fmt::format("{:016x}", oracle::fnv1a(name));
}

}  // namespace hobnail
