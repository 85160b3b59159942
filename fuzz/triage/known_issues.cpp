// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing and adding.
#include "fuzz/triage/known_issues.h"

#include <algorithm>

#include "fuzz/inputs/write_file.h"
#include "fuzz/triage/boot/merge.h"

namespace hobnail {
namespace {

bool is_entry_of(const KnownIssue& entry, const TriageRecord& record) {
  if (entry.fingerprint == record.fingerprint) return true;
  const auto facts = facts_of(record);
  return facts && entry.pattern && entry.pattern->matches(*facts);
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

}  // namespace

void write_known_issues(const std::string& path, const KnownIssues& known_issues) {
  write_file(path, known_issues_text(known_issues));
}

void mark_known(TriageReport& report, const KnownIssues& known_issues) {
  for (TriageRecord& record : report.records) {
    const auto line = find(known_issues.lines, record);
    if (line == known_issues.lines.end()) continue;
    record.known_state = line->fixed.empty() ? KnownState::Known : KnownState::Returned;
    record.known_since = line->since;
    record.fixed_since = line->fixed;
  }
}

void accept(KnownIssues& known_issues, const TriageReport& report, const std::string& today) {
  for (const TriageRecord& record : report.records) {
    const auto line = find(known_issues.lines, record);
    if (line == known_issues.lines.end()) {
      known_issues.lines.push_back({record.fingerprint, today, {}, record.bucket, {}, {}});
    } else {
      line->fixed.clear();
    }
  }
  std::sort(known_issues.lines.begin(), known_issues.lines.end(),
            [](const KnownIssue& a, const KnownIssue& b) { return a.bucket < b.bucket; });
}

}  // namespace hobnail
