// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading and printing.
#include "properties/oracle/known/known_issues.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace hobnail::oracle {
namespace {

constexpr std::size_t kDigits = 16;

bool is_fingerprint(const std::string& word) {
  return word.size() == kDigits && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_heading(std::string_view comment) {
  return comment.starts_with("# fingerprint") || comment.starts_with("# Known issues");
}

std::string rest_of(std::istringstream& in) {
  std::string rest;
  std::getline(in >> std::ws, rest);
  while (rest.ends_with(' ') || rest.ends_with('\r')) rest.pop_back();
  return rest;
}

// The entry of a line, or what is wrong with it.
std::variant<KnownIssue, std::string> read_entry(const std::string& line) {
  std::istringstream in(line);
  KnownIssue entry;
  in >> entry.fingerprint >> entry.since >> entry.fixed;
  entry.bucket = rest_of(in);
  const bool by_hand = entry.fingerprint == "-";
  if ((!by_hand && !is_fingerprint(entry.fingerprint)) || entry.fixed.empty()) {
    return "expected FINGERPRINT SINCE FIXED-OR-- BUCKET (16 hex digits, or -, first)";
  }
  if (entry.fixed == "-") entry.fixed.clear();
  auto pattern = parse_issue_pattern(entry.bucket);
  if (auto* const parsed = std::get_if<IssuePattern>(&pattern)) {
    if (parsed->op != "list") entry.pattern = std::move(*parsed);
  } else if (by_hand) {
    return std::get<IssuePatternError>(pattern).message;
  }
  if (by_hand) entry.fingerprint.clear();
  return entry;
}

// Comments are kept until it is clear whose they are.
class FileReader {
 public:
  // What is wrong; empty: nothing.
  std::string take(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) {
      keep_at_head();
    } else if (line[first] == '#') {
      pending_.push_back(line);
      if (is_heading(line)) keep_at_head();
    } else {
      auto entry = read_entry(line);
      if (auto* const wrong = std::get_if<std::string>(&entry)) return *wrong;
      std::get<KnownIssue>(entry).about = std::exchange(pending_, {});
      issues_.lines.push_back(std::get<KnownIssue>(std::move(entry)));
    }
    return {};
  }
  KnownIssues done() {
    keep_at_head();
    return std::move(issues_);
  }

 private:
  void keep_at_head() {
    issues_.comments.insert(issues_.comments.end(), pending_.begin(), pending_.end());
    pending_.clear();
  }

  KnownIssues issues_;
  std::vector<std::string> pending_;
};

}  // namespace

std::variant<KnownIssues, KnownIssuesError> parse_known_issues(const std::string& path,
                                                               std::string_view text) {
  FileReader reader;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const std::string wrong = reader.take(line);
    if (!wrong.empty()) return KnownIssuesError{fmt::format("{}:{}: {}", path, number, wrong)};
  }
  return reader.done();
}

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
  return parse_known_issues(path, text.str());
}

std::string known_issues_text(const KnownIssues& known_issues) {
  const auto or_dash = [](const std::string& word) { return word.empty() ? "-" : word; };
  std::string text;
  if (known_issues.comments.empty()) {
    text = "# Known issues: fingerprint, known since, fixed since (-: not fixed), bucket.\n";
  }
  for (const std::string& comment : known_issues.comments) text += comment + "\n";
  text += "\n";
  for (const KnownIssue& line : known_issues.lines) {
    for (const std::string& about : line.about) text += about + "\n";
    text += fmt::format("{:<16}  {:<10}  {:<10}  {}\n", or_dash(line.fingerprint),
                        or_dash(line.since), or_dash(line.fixed), line.bucket);
  }
  return text;
}

std::string issue_title(const KnownIssue& issue) {
  if (issue.about.empty()) return issue.bucket;
  const std::string& line = issue.about.front();
  const std::size_t first = line.find_first_not_of(" \t#");
  return first == std::string::npos ? issue.bucket : line.substr(first);
}

}  // namespace hobnail::oracle
