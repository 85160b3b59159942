// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing and adding.
#include "fuzz/triage/known_issues.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/triage/boot/merge.h"

namespace hobnail {
namespace {

bool share(const std::vector<std::string>& ones, const std::vector<std::string>& others) {
  return std::any_of(ones.begin(), ones.end(), [&](const std::string& one) {
    return std::find(others.begin(), others.end(), one) != others.end();
  });
}

// The record needs less than the entry: phase, board or earlier ops. The experiment has seen more
// this time. Without conditions the phase says what makes the call wrong, and stays.
bool is_wider(const oracle::IssuePattern& record, const oracle::IssuePattern& entry) {
  const bool same_call = record.op == entry.op && record.conditions == entry.conditions &&
                         share(record.rules, entry.rules) && share(record.words, entry.words);
  if (!same_call || record.conditions.any()) return same_call;
  const bool same_phase = !record.phase || record.phase == entry.phase;
  return same_phase && (record.after & ~entry.after) == 0;
}

bool is_wider(const TriageRecord& record, const KnownIssue& entry) {
  if (record.list || !entry.pattern) return false;
  const auto own = oracle::parse_issue_pattern(record.bucket);
  const auto* const pattern = std::get_if<oracle::IssuePattern>(&own);
  return pattern != nullptr && is_wider(*pattern, *entry.pattern);
}

bool shows_all_of(const KnownIssue& entry, const TriageRecord& record) {
  const auto facts = facts_of(record);
  return facts && entry.pattern && entry.pattern->matches(*facts);
}

bool is_entry_of(const KnownIssue& entry, const TriageRecord& record) {
  return entry.fingerprint == record.fingerprint || shows_all_of(entry, record) ||
         is_wider(record, entry);
}

// Open entries before fixed ones: a record that both name is known.
auto find(auto& lines, const TriageRecord& record) {
  const auto open = [&](const KnownIssue& line) {
    return line.fixed.empty() && is_entry_of(line, record);
  };
  const auto at = std::find_if(lines.begin(), lines.end(), open);
  if (at != lines.end()) return at;
  return std::find_if(lines.begin(), lines.end(),
                      [&](const KnownIssue& line) { return is_entry_of(line, record); });
}

KnownIssue new_entry(const TriageRecord& record, const std::string& today) {
  KnownIssue entry{record.fingerprint, today, {}, record.bucket, {}, {}};
  auto pattern = oracle::parse_issue_pattern(record.bucket);
  if (auto* const parsed = std::get_if<oracle::IssuePattern>(&pattern); parsed && !record.list) {
    entry.pattern = std::move(*parsed);
  }
  return entry;
}

// What a person has written stays.
void widen(KnownIssue& entry, const TriageRecord& record) {
  if (entry.fingerprint.empty()) return;
  KnownIssue wider = new_entry(record, entry.since);
  wider.about = entry.about;
  entry = std::move(wider);
}

}  // namespace

const KnownIssue* entry_of(const KnownIssues& known_issues, const TriageRecord& record) {
  const auto line = find(known_issues.lines, record);
  return line == known_issues.lines.end() ? nullptr : &*line;
}

void write_known_issues(const std::string& path, const KnownIssues& known_issues) {
  KnownIssues sorted = known_issues;
  std::sort(sorted.lines.begin(), sorted.lines.end(),
            [](const KnownIssue& a, const KnownIssue& b) { return a.bucket < b.bucket; });
  write_file(path, known_issues_text(sorted));
}

void mark_known(TriageReport& report, const KnownIssues& known_issues) {
  for (TriageRecord& record : report.records) {
    const KnownIssue* const line = entry_of(known_issues, record);
    if (line == nullptr) continue;
    record.known_state = line->fixed.empty() ? KnownState::Known : KnownState::Returned;
    record.known_since = line->since;
    record.fixed_since = line->fixed;
  }
}

void accept(KnownIssues& known_issues, const TriageReport& report, const std::string& today) {
  for (const TriageRecord& record : report.records) {
    const auto line = find(known_issues.lines, record);
    if (line == known_issues.lines.end()) {
      known_issues.lines.push_back(new_entry(record, today));
    } else {
      line->fixed.clear();
      if (!shows_all_of(*line, record) && is_wider(record, *line)) widen(*line, record);
    }
  }
}

void accept_into(const std::string& path, KnownIssues known_issues, const TriageReport& report) {
  constexpr std::size_t kDate = 10;  // of 2026-11-24T20:15:16Z
  accept(known_issues, report, utc(static_cast<std::int64_t>(std::time(nullptr))).substr(0, kDate));
  write_known_issues(path, known_issues);
}

}  // namespace hobnail
