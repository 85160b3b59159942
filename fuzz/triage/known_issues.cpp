// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading, comparing and writing.
#include "fuzz/triage/known_issues.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz/inputs/write_file.h"

namespace hobnail {
namespace {

constexpr std::size_t kDigits = 16;

bool is_fingerprint(const std::string& word) {
  return word.size() == kDigits && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string rest_of(std::istringstream& in) {
  std::string rest;
  std::getline(in >> std::ws, rest);
  while (rest.ends_with(' ') || rest.ends_with('\r')) rest.pop_back();
  return rest;
}

std::variant<KnownIssues, KnownIssuesError> parse(const std::string& path,
                                                  const std::string& text) {
  KnownIssues known_issues;
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    if (line[first] == '#') {
      known_issues.comments.push_back(line);
      continue;
    }
    std::istringstream in(line);
    KnownIssue entry;
    in >> entry.fingerprint >> entry.since >> entry.fixed;
    entry.bucket = rest_of(in);
    if (!is_fingerprint(entry.fingerprint) || entry.fixed.empty()) {
      return KnownIssuesError{
          fmt::format("{}:{}: expected FINGERPRINT SINCE FIXED-OR-- BUCKET (16 hex digits first)",
                      path, number)};
    }
    if (entry.fixed == "-") entry.fixed.clear();
    known_issues.lines.push_back(std::move(entry));
  }
  return known_issues;
}

std::string text_of(const KnownIssues& known_issues) {
  std::string text;
  if (known_issues.comments.empty()) {
    text = "# Known issues: fingerprint, known since, fixed since (-: not fixed), bucket.\n";
  }
  for (const std::string& comment : known_issues.comments) text += comment + "\n";
  for (const KnownIssue& line : known_issues.lines) {
    text += fmt::format("{}  {:<10}  {:<10}  {}\n", line.fingerprint,
                        line.since.empty() ? "-" : line.since,
                        line.fixed.empty() ? "-" : line.fixed, line.bucket);
  }
  return text;
}

auto find(auto& lines, const std::string& fingerprint) {
  return std::find_if(lines.begin(), lines.end(),
                      [&](const KnownIssue& line) { return line.fingerprint == fingerprint; });
}

}  // namespace

std::variant<KnownIssues, KnownIssuesError> read_known_issues(const std::string& path,
                                                              bool may_be_missing) {
  std::error_code ignored;
  if (may_be_missing && !std::filesystem::exists(path, ignored)) return KnownIssues{};
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in.is_open() || in.bad() || std::filesystem::is_directory(path, ignored)) {
    return KnownIssuesError{path + ": cannot be read (--accept creates a missing file)"};
  }
  return parse(path, text.str());
}

void write_known_issues(const std::string& path, const KnownIssues& known_issues) {
  write_file(path, text_of(known_issues));
}

void mark_known(TriageReport& report, const KnownIssues& known_issues) {
  for (TriageRecord& record : report.records) {
    const auto line = find(known_issues.lines, record.fingerprint);
    if (line == known_issues.lines.end()) continue;
    record.known_state = line->fixed.empty() ? KnownState::Known : KnownState::Returned;
    record.known_since = line->since;
    record.fixed_since = line->fixed;
  }
}

void accept(KnownIssues& known_issues, const TriageReport& report, const std::string& today) {
  for (const TriageRecord& record : report.records) {
    const auto line = find(known_issues.lines, record.fingerprint);
    if (line == known_issues.lines.end()) {
      known_issues.lines.push_back({record.fingerprint, today, {}, record.bucket});
    } else {
      line->fixed.clear();
    }
  }
  std::sort(known_issues.lines.begin(), known_issues.lines.end(),
            [](const KnownIssue& a, const KnownIssue& b) { return a.bucket < b.bucket; });
}

}  // namespace hobnail
