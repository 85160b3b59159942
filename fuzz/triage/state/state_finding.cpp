// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Two outcomes of one boot, side by side.
#include "fuzz/triage/state/state_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::BootPhase;
using oracle::Finding;
using oracle::OpRecord;
using oracle::Outcome;

bool is_same_finding(const Outcome& one, const Outcome& other) {
  if (one.finding.has_value() != other.finding.has_value()) return false;
  return !one.finding ||
         (one.finding->rule == other.finding->rule && one.finding->op == other.finding->op);
}

// Index of the first record that differs; the number of records when none does.
std::size_t first_difference(const Outcome& alone, const Outcome& after) {
  const auto [one, other] = std::mismatch(alone.records.begin(), alone.records.end(),
                                          after.records.begin(), after.records.end());
  const auto index = static_cast<std::size_t>(one - alone.records.begin());
  const bool both_end = one == alone.records.end() && other == after.records.end();
  return both_end ? std::max(alone.records.size(), after.records.size()) : index;
}

std::string_view words_of_answers(const OpRecord& alone, const OpRecord& after) {
  if (alone.ending != after.ending || alone.status != after.status) return "another reply";
  const bool same_call = alone.called == after.called && alone.call == after.call;
  if (same_call && alone.value == after.value && alone.given == after.given) return "another list";
  return "another address";
}

BootPhase phase_at(const StateFinding& finding, std::size_t op) {
  const auto& board = oracle::board_profiles()[finding.boot.board];
  BootPhase phase = board.has(oracle::kInMemory) ? BootPhase::Permanent : BootPhase::Temporary;
  for (const OpRecord& record : finding.after.records) {
    if (record.op >= op) break;
    if (record.opens_window) phase = BootPhase::Window;
    if (record.migration) phase = BootPhase::Permanent;
    if (record.ending == oracle::Ending::HandedOff) phase = BootPhase::AfterPei;
  }
  return phase;
}

std::string answer_at(const Outcome& outcome, std::size_t index) {
  if (index >= outcome.trace.size()) return "no answer";
  const oracle::TraceLine& line = outcome.trace[index];
  if (line.outcome.empty()) return line.effect.empty() ? "no answer" : line.effect;
  return line.effect.empty() ? line.outcome : fmt::format("{}; {}", line.outcome, line.effect);
}

std::string finding_text(const Outcome& outcome) {
  if (!outcome.finding) return "no finding";
  return fmt::format("{}: {}", outcome.finding->rule, outcome.finding->evidence);
}

std::string two_lines(const std::string& alone, const std::string& after) {
  return fmt::format("\n  in a new process: {}\n  after the history: {}", alone, after);
}

std::string op_text(const StateFinding& finding, std::size_t op) {
  if (op >= finding.boot.ops.size()) return "the end of the boot";
  return fmt::format("op {} ({})", op, print_op(finding.boot.ops[op]));
}

// Of two runs with the same finding, or none.
void describe_answers(const StateFinding& finding, BootDifference& difference) {
  const std::size_t index = first_difference(finding.alone, finding.after);
  const bool both = index < finding.alone.records.size() && index < finding.after.records.size();
  if (both) {
    difference.op = finding.after.records[index].op;
    difference.words = words_of_answers(finding.alone.records[index], finding.after.records[index]);
  } else {
    // No call has shown it: it is in the bytes of the list.
    difference.at_entry = finding.boot.ops.empty();
    difference.op = finding.boot.ops.empty() ? 0 : finding.boot.ops.size() - 1;
    difference.words = "another list";
  }
  const std::string where =
      difference.at_entry ? std::string("the entry") : op_text(finding, difference.op);
  difference.evidence =
      fmt::format("{} after {}: {}", where, history_text(finding), difference.words);
  if (!both) {
    difference.evidence += two_lines(fmt::format("digest {:016x}", finding.alone.digest),
                                     fmt::format("digest {:016x}", finding.after.digest));
    return;
  }
  difference.evidence +=
      two_lines(answer_at(finding.alone, index), answer_at(finding.after, index));
}

void describe_findings(const StateFinding& finding, BootDifference& difference) {
  const Finding& shown = finding.after.finding ? *finding.after.finding : *finding.alone.finding;
  difference.op = shown.op;
  difference.words = difference_kind(finding.alone, finding.after);
  difference.evidence = fmt::format("{} after {}: {}", op_text(finding, shown.op),
                                    history_text(finding), difference.words) +
                        two_lines(finding_text(finding.alone), finding_text(finding.after));
  const std::size_t index = first_difference(finding.alone, finding.after);
  if (index >= finding.alone.records.size() || index >= finding.after.records.size()) return;
  const std::size_t op = finding.after.records[index].op;
  difference.evidence +=
      fmt::format("\n  the first answer that differs is that of {}", op_text(finding, op)) +
      two_lines(answer_at(finding.alone, index), answer_at(finding.after, index));
}

}  // namespace

std::string difference_kind(const Outcome& alone, const Outcome& after) {
  if (!alone.skipped.empty() || !after.skipped.empty()) return {};
  if (is_same_finding(alone, after)) return alone.digest == after.digest ? "" : "answers";
  if (!alone.finding) return fmt::format("{} appears", after.finding->rule);
  if (!after.finding) return fmt::format("{} disappears", alone.finding->rule);
  if (alone.finding->rule == after.finding->rule) {
    return fmt::format("{} at another op", after.finding->rule);
  }
  return fmt::format("{} instead of {}", after.finding->rule, alone.finding->rule);
}

BootDifference difference_of(const StateFinding& finding) {
  BootDifference difference;
  if (is_same_finding(finding.alone, finding.after)) {
    describe_answers(finding, difference);
  } else {
    describe_findings(finding, difference);
  }
  difference.phase = phase_at(finding, difference.op);
  return difference;
}

Finding oracle_finding(const StateFinding& finding) {
  BootDifference difference = difference_of(finding);
  const auto& of_run = finding.after.finding ? finding.after.finding : finding.alone.finding;
  return {kStateRule, difference.op, std::move(difference.evidence),
          of_run ? of_run->calls : oracle::CallClass::Contract};
}

std::string history_text(const StateFinding& finding) {
  const auto& history = finding.history;
  if (history.empty()) return "no boot";
  const auto [least, most] =
      std::minmax_element(history.begin(), history.end(),
                          [](const auto& a, const auto& b) { return a.ops.size() < b.ops.size(); });
  const std::size_t from = least->ops.size();
  const std::size_t to = most->ops.size();
  const std::string ops = from == to ? fmt::format("{}", to) : fmt::format("{} to {}", from, to);
  return fmt::format("{} boot{} of {} op{}", history.size(), history.size() == 1 ? "" : "s", ops,
                     to == 1 ? "" : "s");
}

}  // namespace hobnail
