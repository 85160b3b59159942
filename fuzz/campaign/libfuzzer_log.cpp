// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Figures and the banner; reports of sanitizers are in fuzz_words_report.cpp.
#include "fuzz/campaign/libfuzzer_log.h"

#include <algorithm>
#include <charconv>

#include "fuzz/campaign/log_report.h"

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
  if (!take_status(line)) take_report(line);
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

void FuzzWords::take_report(std::string_view line) {
  if (report_.empty() || report_ == "SIGNAL") {
    if (std::string kind = report_kind(line); !kind.empty() && kind != report_) {
      report_ = std::move(kind);
      report_lines_.clear();
      report_count_ = 0;
    }
  }
  if (report_.empty() || report_over_) return;
  if (line.starts_with("SUMMARY: ")) {
    report_over_ = true;
    return;
  }
  constexpr std::size_t kLines = 12;
  if (!line.empty() && report_count_ < kLines && !is_below_the_target(line)) {
    report_lines_.append(line).append("\n");
    ++report_count_;
  }
  if (frame_.empty()) frame_ = frame_of_ours(line);
}

std::optional<Death> FuzzWords::death() const {
  Death death;
  if (!rule_.empty()) {
    death.rule = death.bucket = rule_;
    death.evidence = evidence_;
    death.program = program_;
    read_place(evidence_, death);
  } else if (!report_.empty()) {
    death.rule = report_;
    death.bucket = report_ + ":" + (frame_.empty() ? "unknown" : frame_);
    death.evidence = report_lines_;
  } else {
    return {};
  }
  while (death.evidence.ends_with('\n')) death.evidence.pop_back();
  return death;
}

}  // namespace hobnail
