// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Figures and the banner; fuzz/crash reads reports.
#include "fuzz/campaign/libfuzzer_log.h"

#include <algorithm>
#include <charconv>

namespace hobnail {
namespace {

constexpr std::string_view kBanner = "ASSERTION FAILED: FuzzerHash=";

std::optional<std::uint64_t> number_at(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end == text.data()) return {};
  return number;
}

// The number behind `key`, when it is there.
void read_figure(std::string_view line, std::string_view key, std::uint64_t& figure) {
  const std::size_t at = line.find(key);
  if (at == std::string_view::npos) return;
  if (const auto number = number_at(line.substr(at + key.size()))) figure = *number;
}

// "op 7: FreePages p0+1 1 (contract)", or "end checks (hostile)".
void read_place(std::string_view evidence, Death& death) {
  const std::string_view line = evidence.substr(0, evidence.find('\n'));
  if (line.starts_with("op ")) death.op = number_at(line.substr(3));
  for (const std::string_view word : {"contract", "hostile"}) {
    if (line.ends_with(std::string("(") + std::string(word) + ")")) death.call_class = word;
  }
}

// The function that tells reports of one kind apart; offsets in a module are no names.
std::string frame_in(const CrashReport& report) {
  for (const std::string& frame : report.frames) {
    if (frame.find("+0x") == std::string::npos) return frame;
  }
  return report.innermost.empty() ? "unknown" : report.innermost;
}

}  // namespace

void FuzzWords::feed(std::string_view text) {
  rest_.append(text);
  std::size_t from = 0;
  for (std::size_t to = 0; (to = rest_.find('\n', from)) != std::string::npos; from = to + 1) {
    std::string_view line = std::string_view(rest_).substr(from, to - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take_line(line);
  }
  rest_.erase(0, from);
}

void FuzzWords::take_line(std::string_view line) {
  constexpr std::size_t kTail = 12;
  if (tail.size() == kTail) tail.erase(tail.begin());
  tail.emplace_back(line);
  if (part_ != Part::Outside && take_banner(line)) return;
  if (line.starts_with(kBanner)) {
    // The first banner counts: a second one would be its consequence.
    if (!rule_.empty()) return;
    rule_ = line.substr(kBanner.size(), line.find(' ', kBanner.size()) - kBanner.size());
    part_ = Part::Evidence;
    return;
  }
  if (!take_status(line)) report_.take_line(line);
}

bool FuzzWords::take_banner(std::string_view line) {
  if (line == "--- end") {
    part_ = Part::Outside;
  } else if (part_ == Part::Program) {
    program_.append(line).append("\n");
  } else if (line == "--- program") {
    part_ = Part::Program;
  } else if (line.starts_with("==") || line.starts_with("stat::") || line.starts_with("MS: ")) {
    part_ = Part::Outside;  // it was cut short
    return false;
  } else {
    evidence_.append(line).append("\n");
  }
  return true;
}

bool FuzzWords::take_status(std::string_view line) {
  if (!line.starts_with('#') || line.find(" in ") != std::string_view::npos) return false;
  const auto said = number_at(line.substr(1));
  if (!said) return false;
  started = true;
  executions = std::max(executions, *said);
  read_figure(line, "cov: ", cov);
  read_figure(line, "ft: ", ft);
  read_figure(line, "corp: ", corpus);
  return true;
}

std::optional<Death> FuzzWords::death() const {
  Death death;
  if (!rule_.empty()) {
    death.rule = death.bucket = rule_;
    death.evidence = evidence_;
    death.program = program_;
    read_place(evidence_, death);
  } else if (const CrashReport& report = report_.report(); !report.kind.empty()) {
    death.rule = report.kind;
    death.bucket = report.kind + ":" + frame_in(report);
    death.evidence = report.excerpt;
  } else {
    return {};
  }
  while (death.evidence.ends_with('\n')) death.evidence.pop_back();
  return death;
}

}  // namespace hobnail
