// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recognizing and counting.
#include "fuzz/command/known/known_hunt.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "fuzz/triage/known_issues.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

// Minimizing a hang takes its time limit for each attempt.
bool is_slow(const oracle::Finding& finding) {
  return finding.rule == rule_name(oracle::RuleId::TargetHang);
}

}  // namespace

std::string look_of(const oracle::Program& program, const oracle::Finding& finding) {
  return fmt::format("{}/{}/{}", finding.rule, op_name_at(program, finding.op),
                     oracle::words_of_finding(finding.evidence));
}

KnownHunt::KnownHunt(oracle::KnownIssues issues, const hobnail_target& target,
                     const oracle::RunOptions& run, double seconds, bool steer)
    : filter_(issues, steer),
      known_(issues.lines.size()),
      entries_(std::move(issues)),
      target_(target),
      run_(run) {
  run_.known = nullptr;
  triage_.limits.seconds = seconds;
  triage_.tries = 1;
  triage_.runs = 500;
}

// A cause that is in no entry gets one.
std::size_t KnownHunt::issue_by_cause(const oracle::Program& program) {
  Input input;
  input.file.path = "finding";
  input.content = program;
  const TriageReport report = triage(target_, run_, {input}, triage_);
  for (const TriageRecord& record : report.records) {
    if (const KnownIssue* const entry = entry_of(entries_, record)) {
      if (!entry->fixed.empty()) return 0;
      return static_cast<std::size_t>(entry - entries_.lines.data()) + 1;
    }
    accept(entries_, report, "new");
    return entries_.lines.size();
  }
  return 0;
}

std::size_t KnownHunt::issue_of(const oracle::Program& program, const oracle::Finding& finding) {
  if (finding.known != 0) return finding.known;
  if (is_slow(finding)) return 0;
  Alike& alike = alike_[look_of(program, finding)];
  if (std::has_single_bit(++alike.seen)) alike.issue = issue_by_cause(program);
  return alike.issue;
}

bool KnownHunt::take(const oracle::Program& program, const oracle::Finding& finding) {
  const std::size_t issue = issue_of(program, finding);
  if (issue == 0) return false;
  if (issue <= known_) ++boots_;
  return ++counts_[issue] > 1 || issue <= known_;
}

bool KnownHunt::is_known(const oracle::Program& program, const oracle::Finding& finding) {
  const std::size_t issue = issue_of(program, finding);
  if (issue == 0 || issue > known_) return false;
  ++boots_;
  ++counts_[issue];
  return true;
}

bool KnownHunt::count(const oracle::Finding& finding) {
  if (finding.known == 0) return false;
  ++boots_;
  ++counts_[finding.known];
  return true;
}

bool KnownHunt::is_known(const TriageRecord& record) {
  const KnownIssue* const entry = entry_of(entries_, record);
  if (entry == nullptr || !entry->fixed.empty()) return false;
  ++boots_;
  ++counts_[static_cast<std::size_t>(entry - entries_.lines.data()) + 1];
  return true;
}

void KnownHunt::add_noted(const oracle::Outcome& outcome) {
  for (const std::size_t issue : outcome.noted) {
    ++noted_[issue];
    counts_.try_emplace(issue, 0);
  }
}

std::size_t KnownHunt::noted_of(std::size_t issue) const {
  const auto at = noted_.find(issue);
  return at == noted_.end() ? 0 : at->second;
}

void KnownHunt::print(std::size_t played, std::size_t left_out) const {
  if (known_ == 0) return;
  std::vector<std::pair<std::size_t, std::size_t>> rows;  // boots, issue
  std::size_t seen = 0;
  for (const auto& [issue, boots] : counts_) {
    rows.emplace_back(boots, issue);
    seen += issue <= known_ ? 1U : 0U;
  }
  std::sort(rows.rbegin(), rows.rend());
  for (const auto& [boots, issue] : rows) {
    const std::size_t noted = noted_of(issue);
    fmt::print("{}  {:>8} boots  {}{}\n", issue <= known_ ? "known" : "new  ", boots + noted,
               issue_title(entries_.lines[issue - 1]),
               noted == 0 ? std::string() : fmt::format(" ({} of them went on)", noted));
  }
  const double share =
      played == 0 ? 0 : 100.0 * static_cast<double>(boots_) / static_cast<double>(played);
  fmt::print("{} of {} known issues seen; {} boots ({:.1f} %) ended in one; {} calls left out\n",
             seen, known_, boots_, share, left_out);
}

nlohmann::json KnownHunt::json() const {
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& [issue, boots] : counts_) {
    const KnownIssue& entry = entries_.lines[issue - 1];
    rows.push_back({{"fingerprint", entry.fingerprint},
                    {"bucket", entry.bucket},
                    {"title", issue_title(entry)},
                    {"state", issue <= known_ ? "known" : "new"},
                    {"boots", boots},
                    {"went_on", noted_of(issue)}});
  }
  return rows;
}

}  // namespace hobnail
