// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records as text.
#include "fuzz/command/triage_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/terminal/coloured.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

constexpr std::size_t kFilesShown = 3;
constexpr std::size_t kBootsShown = 3;

std::string state_of(const TriageRecord& record) {
  switch (record.known_state) {
    case KnownState::Known:
      return coloured("known", "33");
    case KnownState::Returned:
      return coloured(fmt::format("REGRESSED, was fixed since {}", record.fixed_since), "31;1");
    case KnownState::New:
      return coloured("NEW", "31;1");
  }
  return {};
}

void print_lines(const std::string& text, const char* before) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    fmt::print("{}{}\n", before, text.substr(from, to - from));
    from = to + 1;
  }
}

void print_files(const TriageRecord& record) {
  for (std::size_t i = 0; i < record.files.size() && i < kFilesShown; ++i) {
    fmt::print("    {}  {}\n", record.files[i].when, record.files[i].path);
  }
  if (record.files.size() > kFilesShown) {
    fmt::print("    and {} more\n", record.files.size() - kFilesShown);
  }
}

// A long one is in files.
void print_history(const std::vector<std::string>& history) {
  const std::size_t shown = history.size() > kBootsShown + 1 ? kBootsShown : history.size();
  for (std::size_t i = 0; i < shown; ++i) {
    fmt::print("  boot {} of the history\n", i + 1);
    print_lines(history[i], "    ");
  }
  if (shown < history.size()) fmt::print("  and {} more boots\n", history.size() - shown);
}

}  // namespace

void print_record(const TriageRecord& record) {
  fmt::print("  {} ({}): {}\n", record.rule, record.calls, record.title);
  fmt::print("  {}\n", record.op_text.empty() ? "at the " + record.op_name
                                              : fmt::format("{} {}: {}", record.list ? "HOB" : "op",
                                                            record.op, record.op_text));
  print_lines(record.evidence, "  ");
  if (!record.death.empty()) fmt::print("  process: {}\n", record.death);
  for (const std::string& frame : record.frames) fmt::print("    in {}\n", frame);
  print_history(record.history);
  if (!record.history.empty()) fmt::print("  then\n");
  print_lines(record.program_text, "    ");
  for (const std::string& variation : record.varies) fmt::print("  also: {}\n", variation);
}

void print_report(const TriageReport& report, bool quiet) {
  for (const TriageRecord& record : report.records) {
    if (quiet && record.known_state == KnownState::Known) continue;
    fmt::print("{}  {}  {}\n", state_of(record), record.fingerprint, record.bucket);
    print_record(record);
    fmt::print("  reproduced {} of {} times; {} file{}; {} {} of {}\n", record.reproduced,
               record.tried, record.count(), record.count() == 1 ? "" : "s", record.size(),
               size_noun(record), record.ops_before);
    print_files(record);
    if (!record.program_file.empty()) fmt::print("    minimal: {}\n", record.program_file);
    fmt::print("\n");
  }
  for (const SkippedFile& other : report.skipped) {
    if (quiet && other.reason == SkipReason::NoFinding) continue;
    if (other.reason == SkipReason::NotClassified && !other.unknown) continue;  // counted below
    fmt::print("{}  {}: {}\n", coloured(skip_reason_name(other.reason), "33"), other.file.path,
               other.words);
  }
  if (quiet) return;
  fmt::print("{} files on {}: {} buckets, {} files skipped; {} runs, {:.1f} s\n", report.files,
             report.target, report.records.size(), report.skipped.size(), report.executions,
             report.seconds);
}

}  // namespace hobnail
