// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What every form says of a record in the same words. No string here is escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

// "FREED-MARKED: FreePages in permanent memory": a title for lists and issues, one line.
[[nodiscard]] std::string headline(const TriageRecord& record);

// What the target did, in a sentence: "op 3, `FreePages p0+1 1`, answers SUCCESS".
[[nodiscard]] std::string what_happened(const TriageRecord& record);

// What ought to be, and why: "a freed range is ... (PI 1.8 Vol 1 4.6)".
[[nodiscard]] std::string what_was_expected(const TriageRecord& record);

// "contract: every call until then is one that PI lets a PEIM make"
[[nodiscard]] std::string class_in_words(const TriageRecord& record);

// "3 of 3 tries"
[[nodiscard]] std::string reproduced_in_words(const TriageRecord& record);

// The frames, innermost first, a line each: "#0 AllocatePages core/pages.cpp:70". `gap` stands
// before a place in a source, where that is known.
[[nodiscard]] std::string frames_in_lines(const TriageRecord& record, std::string_view gap);

// Where the program and its like are written, below the directory of the reports:
// "buckets/<fingerprint>".
[[nodiscard]] std::string bucket_folder(const TriageRecord& record);

// Of the file that holds what is minimal: "program.boot", "list.hobs".
[[nodiscard]] std::string program_name(const TriageRecord& record);

// Whether there is a C++ test: of a boot that triage has played.
[[nodiscard]] bool has_test(const TriageRecord& record);

// "program.history-1.boot": of the boots that run before, in their order.
[[nodiscard]] std::vector<std::string> history_names(const TriageRecord& record);

// The names of the files in that folder: what is minimal, issue.md, and the test if there is one.
[[nodiscard]] std::vector<std::string> files_of_bucket(const TriageRecord& record);

// One line for a shell: "hobnail replay --trace buckets/<fingerprint>/program.boot", or what the
// record says; `program` as the shell has to find it. A list is read by Hobnail's own readers, and
// has no trace.
[[nodiscard]] std::string replay_line(const TriageRecord& record, const ReportSetting& setting,
                                      const std::string& program);

// "ops", "HOBs and patches": what size() counts.
[[nodiscard]] std::string_view size_noun(const TriageRecord& record);

// The file of the program as messages name it: `program_file`, else the one below bucket_folder().
[[nodiscard]] std::string program_path(const TriageRecord& record);

// The invariants that the rule holds, a line each: "I45: what FreePages frees is ...". Empty for
// what is not in the rule table.
[[nodiscard]] std::vector<std::string> invariants_in_words(std::string_view rule);

// Letters, digits, '.', '-', '_' only; others become '-': for names of files.
[[nodiscard]] std::string file_word(std::string_view word);

// A word quoted for a POSIX shell where it needs to be.
[[nodiscard]] std::string shell_word(const std::string& word);

}  // namespace hobnail
