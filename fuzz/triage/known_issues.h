// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Known issues and the records of a run: which are known, and how new ones are added to the file
// (properties/oracle/known/known_issues.h).
//
// Invariant: a record is known by its fingerprint, or because it shows all that the entry names.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"
#include "properties/oracle/known/known_issues.h"

namespace hobnail {

using oracle::KnownIssue;
using oracle::KnownIssues;
using oracle::KnownIssuesError;
using oracle::read_known_issues;

// Throws std::runtime_error with the reason.
void write_known_issues(const std::string& path, const KnownIssues& known_issues);

// The entry that names the record, an open one before one that is fixed; null: it is new.
[[nodiscard]] const KnownIssue* entry_of(const KnownIssues& known_issues,
                                         const TriageRecord& record);

// Sets the state of each record.
void mark_known(TriageReport& report, const KnownIssues& known_issues);

// Adds the new ones at the end, replaces the bucket of an entry by one that needs less, and marks
// those that came back as not fixed. `today`: known since.
void accept(KnownIssues& known_issues, const TriageReport& report, const std::string& today);
// The same with the date of today; then writes the file. Throws std::runtime_error with the reason.
void accept_into(const std::string& path, KnownIssues known_issues, const TriageReport& report);

}  // namespace hobnail
