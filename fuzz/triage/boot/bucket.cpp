// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Forming buckets.
#include "fuzz/triage/boot/bucket.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/inputs/text_forms.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::RuleId;

using oracle::board_profiles;
using oracle::CallClass;
using oracle::Condition;
using oracle::Finding;
using oracle::Program;

constexpr std::size_t kFramesInBucket = 2;
constexpr std::size_t kWordsOfEvidence = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// p3, b0, h12: a handle; else a word keeps its letters and loses its digits when it begins with
// one.
bool is_handle(std::string_view word) {
  return word.size() >= 2 && (word[0] == 'p' || word[0] == 'b' || word[0] == 'h') &&
         std::all_of(word.begin() + 1, word.end(), is_digit);
}

// "the target stopped: ../a/b.c:12: words" without the path and the line, which move.
std::string stop_words(std::string_view evidence) {
  const std::size_t colon = evidence.find(": ");
  const std::size_t line = evidence.find(':', colon == std::string_view::npos ? 0 : colon + 2);
  if (line == std::string_view::npos) return evidence_shape(evidence);
  const std::size_t slash = evidence.rfind('/', line);
  const std::size_t from = slash == std::string_view::npos ? colon + 2 : slash + 1;
  const std::size_t words = evidence.find(": ", line);
  return std::string(evidence.substr(from, line - from)) +
         (words == std::string_view::npos ? std::string() : evidence_shape(evidence.substr(words)));
}

// What of the conditions tells bugs apart. Those of the state alone are noise more often than
// not: most programs have live pages.
bool tells(Condition condition) { return condition > Condition::PoolLive; }

std::vector<std::string_view> predicate(const Execution& execution) {
  std::vector<std::string_view> words;
  for (std::size_t i = 1; i < static_cast<std::size_t>(Condition::Count); ++i) {
    const auto condition = static_cast<Condition>(i);
    if (execution.context.has(condition) && tells(condition)) {
      words.push_back(condition_name(condition));
    }
  }
  return words;
}

// The kinds of the ops that lead there, of a minimal program each of them needed; many of a kind in
// a row count as one.
std::string way_there(const Program& program, const Execution& execution) {
  std::string way;
  std::string_view last;
  const std::size_t end = std::min(execution.outcome.finding->op, program.ops.size());
  for (std::size_t i = 0; i < end; ++i) {
    const std::string_view name = row_of(program.ops[i].code).name;
    if (name != last) way += fmt::format("{}{}", way.empty() ? "" : ",", name);
    last = name;
  }
  return way;
}

// The first words of the evidence: which of a rule's checks has spoken.
std::string check_of(const Execution& execution) {
  std::string words;
  std::size_t count = 0;
  for (const char c : evidence_shape(execution.outcome.finding->evidence)) {
    if (is_word(c)) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      if (++count == kWordsOfEvidence) break;
      words += ' ';
    }
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

bool at_an_op(const Program& program, const Execution& execution) {
  return execution.context.entered && execution.outcome.finding->op < program.ops.size();
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

std::string evidence_shape(std::string_view evidence) {
  std::string shape;
  evidence = evidence.substr(0, evidence.find('\n'));
  for (std::size_t i = 0; i < evidence.size();) {
    if (!is_word(evidence[i])) {
      shape += evidence[i++];
      continue;
    }
    std::size_t end = i;
    while (end < evidence.size() && is_word(evidence[end])) ++end;
    const std::string_view word = evidence.substr(i, end - i);
    shape += is_digit(word[0]) ? "N" : is_handle(word) ? "H" : word;
    i = end;
  }
  return shape;
}

std::string end_of(const Execution& execution, bool within_build) {
  if (execution.kind == FindingKind::Stop) return stop_words(execution.outcome.finding->evidence);
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
          execution.death.how.empty() ? evidence_shape(finding.evidence) : std::string(),
          finding.calls == CallClass::Contract};
}

std::string raw_group(const Program& program, const Execution& execution) {
  const Signature signature = signature_of(program, execution);
  return fmt::format("{}/{}/{}/{}/{}/{}", signature.rule, signature.op,
                     boot_phase_name(execution.context.phase), reply_name(execution.context.reply),
                     signature.end, signature.shape);
}

std::string bucket_of(const Program& program, const Execution& execution) {
  const Finding& finding = *execution.outcome.finding;
  const std::string_view op = op_name_of(program, execution);
  std::string bucket = fmt::format("{}/{}", finding.rule, op);
  if (const std::string end = end_of(execution, false); !end.empty()) return bucket + "/" + end;
  bucket += fmt::format("/{}", boot_phase_name(execution.context.phase));
  if (at_an_op(program, execution)) {
    const std::string words = joined(predicate(execution), "+");
    if (!words.empty()) bucket += "/" + words;
  }
  if (program.board != 0) bucket += fmt::format("/{}", board_profiles()[program.board].name);
  if (const std::string way = way_there(program, execution); !way.empty())
    bucket += "/after " + way;
  return bucket + "/" + check_of(execution);
}

std::string fingerprint_of(std::string_view bucket) {
  return fmt::format("{:016x}", fnv1a(bucket));
}

}  // namespace hobnail
