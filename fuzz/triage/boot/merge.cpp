// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which record stands for which.
#include "fuzz/triage/boot/merge.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace hobnail {
namespace {

using oracle::IssuePattern;

// A record and what others have to show to be the same.
struct Candidate {
  TriageRecord record;
  std::optional<IssuePattern> pattern;
  bool merged = false;
};

Candidate candidate_of(TriageRecord record) {
  Candidate candidate;
  if (!record.list) {
    auto pattern = oracle::parse_issue_pattern(record.bucket);
    if (auto* const parsed = std::get_if<IssuePattern>(&pattern))
      candidate.pattern = std::move(*parsed);
  }
  candidate.record = std::move(record);
  return candidate;
}

bool shows(const TriageRecord& record, const Candidate& other) {
  const auto facts = facts_of(record);
  return facts && other.pattern && other.pattern->matches(*facts);
}

std::size_t needs_of(const Candidate& candidate) {
  return candidate.record.size() * 64 + candidate.pattern->conditions.count();
}

// Whether `one` is merged into `other`, not the other way round.
bool goes_into(const Candidate& one, const Candidate& other) {
  if (one.record.fuzzer != other.record.fuzzer || !shows(one.record, other)) return false;
  if (!shows(other.record, one)) return true;
  return std::make_pair(needs_of(one), one.record.bucket) >
         std::make_pair(needs_of(other), other.record.bucket);
}

void take_files(TriageRecord& into, TriageRecord& from) {
  into.files.insert(into.files.end(), std::make_move_iterator(from.files.begin()),
                    std::make_move_iterator(from.files.end()));
}

}  // namespace

std::optional<oracle::IssueFacts> facts_of(const TriageRecord& record) {
  if (record.list) return std::nullopt;
  oracle::IssueFacts facts;
  facts.rule = record.rule;
  facts.op = record.op_name;
  facts.phase = record.call_phase;
  facts.conditions = record.call_conditions;
  facts.board = record.program.board;
  const std::size_t end = std::min(record.op, record.program.ops.size());
  for (std::size_t i = 0; i < end; ++i) {
    const oracle::Op& op = record.program.ops[i];
    facts.before |= kinds_of(op);
    // Pages have a HOB, too: they fill the list as a pool buffer does.
    if (op.code == oracle::OpCode::AllocatePages) {
      facts.before |= kind_bit(oracle::OpCode::AllocatePool);
    }
  }
  facts.words = record.words;
  return facts;
}

std::vector<TriageRecord> merge_causes(std::vector<TriageRecord> records) {
  std::vector<Candidate> candidates;
  candidates.reserve(records.size());
  for (TriageRecord& record : records) candidates.push_back(candidate_of(std::move(record)));
  for (Candidate& one : candidates) {
    if (!one.pattern) continue;
    const auto home = std::find_if(candidates.begin(), candidates.end(), [&](Candidate& other) {
      return &one != &other && !other.merged && goes_into(one, other);
    });
    if (home == candidates.end()) continue;
    take_files(home->record, one.record);
    one.merged = true;
  }
  std::vector<TriageRecord> result;
  for (Candidate& candidate : candidates) {
    if (!candidate.merged) result.push_back(std::move(candidate.record));
  }
  return result;
}

}  // namespace hobnail
