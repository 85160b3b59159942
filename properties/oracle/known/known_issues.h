// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Known issues: the bugs that a project knows, in a file that it commits (--known FILE). A known
// issue does not fail a run, a new one does, and one that was fixed and is back is reported as
// regressed.
//
//   # Known issues: fingerprint, known since, fixed since (-: not fixed), bucket.
//
//   # FreePages of a part loses the rest: https://bugs.example.org/12
//   cd5d0e0f5b1c9a77  2026-11-24  -      FREED-MARKED/FreePages/permanent/middle
//   -                 2026-10-02  v1.4   */FreePages/double free
//
// The two dates are words without blanks: a date, a release, a commit. The fingerprint is that of
// the bucket; an entry that a person writes has none (-), and may name less (issue_pattern.h).
//
// Invariant: a comment belongs to the entry below it, and moves with it; a blank line ends it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/known/issue_pattern.h"

namespace hobnail::oracle {

struct KnownIssue {
  std::string fingerprint;  // empty: written by a person
  std::string since;
  std::string fixed;  // empty: it is not
  std::string bucket;
  std::vector<std::string> about;  // lines for people, with their #
  // Of the bucket; empty for a bucket of another kind (HOB lists), which only its fingerprint
  // finds.
  std::optional<IssuePattern> pattern;
};

struct KnownIssues {
  std::vector<KnownIssue> lines;
  std::vector<std::string> comments;  // with their #; they stay at the head of the file
};

struct KnownIssuesError {
  std::string message;  // one line: FILE[:LINE]: what is wrong and what would be right
};

// `path`: for messages.
[[nodiscard]] std::variant<KnownIssues, KnownIssuesError> parse_known_issues(
    const std::string& path, std::string_view text);
// `may_be_missing`: a missing file has no entries.
[[nodiscard]] std::variant<KnownIssues, KnownIssuesError> read_known_issues(const std::string& path,
                                                                            bool may_be_missing);
// The file of these.
[[nodiscard]] std::string known_issues_text(const KnownIssues& known_issues);

// The first line for people, without its #; else the bucket.
[[nodiscard]] std::string issue_title(const KnownIssue& issue);

}  // namespace hobnail::oracle
