// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The ledger: the buckets that a project knows, in a file that it commits (--known FILE). A bug
// that is known does not fail a run, a new one does, and one that was fixed and is back is shouted.
//
//   # one bucket a line: fingerprint, when it was first known, since when it is fixed, the bucket
//   cd5d0e0f5b1c9a77  2026-11-24  -           FREED-MARKED/FreePages/permanent/middle
//   0b1f7e1f2a3c4d5e  2026-10-02  v1.4        STATUS/FreePages/temporary/double free
//
// A file that begins with { is the same as JSON:
//   {"version": 1, "known": [{"fingerprint": "...", "bucket": "...", "since": "...", "fixed": ""}]}
//
// `since` and `fixed` are words of the user's, without blanks: a date, a release, a commit.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "fuzz/triage/record/record.h"

namespace hobnail {

struct LedgerLine {
  std::string fingerprint;
  std::string since;
  std::string fixed;  // empty: it is not
  std::string bucket;
};

struct Ledger {
  bool json = false;  // how it was written, and will be
  std::vector<LedgerLine> lines;
  std::vector<std::string> comments;  // of a text, with their #; they stay at its head
};

struct LedgerError {
  std::string message;  // one line: FILE[:LINE]: what is wrong and what would be right
};

// `may_be_missing`: a file that is not there is an empty ledger (JSON when its name ends so).
[[nodiscard]] std::variant<Ledger, LedgerError> read_ledger(const std::string& path,
                                                            bool may_be_missing);
[[nodiscard]] bool write_ledger(const std::string& path, const Ledger& ledger);

// Says of each record where it stands.
void judge(TriageReport& report, const Ledger& ledger);

// Takes the new ones in, and those that came back as not fixed. `today`: what is written as since.
void accept(Ledger& ledger, const TriageReport& report, const std::string& today);

}  // namespace hobnail
