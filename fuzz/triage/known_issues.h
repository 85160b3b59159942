// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Known issues: the buckets that a project knows, in a file that it commits (--known FILE). A known
// issue does not fail a run, a new one does, and one that was fixed and is back is reported as
// regressed.
//
//   # one bucket a line: fingerprint, known since, fixed since (-: not fixed), the bucket
//   cd5d0e0f5b1c9a77  2026-11-24  -           FREED-MARKED/FreePages/permanent/middle
//   0b1f7e1f2a3c4d5e  2026-10-02  v1.4        STATUS/FreePages/temporary/double free
//
// The two dates are words without blanks: a date, a release, a commit.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

struct KnownIssue {
  std::string fingerprint;
  std::string since;
  std::string fixed;  // empty: it is not
  std::string bucket;
};

struct KnownIssues {
  std::vector<KnownIssue> lines;
  std::vector<std::string> comments;  // with their #; they stay at the head of the file
};

struct KnownIssuesError {
  std::string message;  // one line: FILE[:LINE]: what is wrong and what would be right
};

// `may_be_missing`: a missing file has no entries.
[[nodiscard]] std::variant<KnownIssues, KnownIssuesError> read_known_issues(const std::string& path,
                                                                            bool may_be_missing);
// Throws std::runtime_error with the reason.
void write_known_issues(const std::string& path, const KnownIssues& known_issues);

// Sets the state of each record.
void mark_known(TriageReport& report, const KnownIssues& known_issues);

// Adds the new ones, and marks those that came back as not fixed. `today`: known since.
void accept(KnownIssues& known_issues, const TriageReport& report, const std::string& today);

}  // namespace hobnail
