// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A finding as text, and back.
#include "fuzz/targets/banner.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {

using oracle::CallClass;
using oracle::Finding;
using oracle::Program;

namespace {

constexpr std::string_view kMark = "ASSERTION FAILED: FuzzerHash=";

// A sanitizer's report or libFuzzer's lines: the banner was cut short.
bool ends_banner(std::string_view line) {
  return line == "--- program" || line.starts_with("==") || line.starts_with("stat::") ||
         line.starts_with("MS: ");
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "op 7: FreePages p0+1 1 (contract)", or "end checks (hostile)". False for any other line.
bool take_place(std::string_view line, BannerReport& report) {
  const bool hostile = line.ends_with(" (hostile)");
  if (!hostile && !line.ends_with(" (contract)")) return false;
  report.calls = hostile ? CallClass::Hostile : CallClass::Contract;
  std::size_t op = 0;
  const std::string_view number = line.substr(std::min<std::size_t>(3, line.size()));
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), op);
  if (line.starts_with("op ") && error == std::errc{}) report.op = op;
  return true;
}

}  // namespace

std::string where_found(const Program& program, const Finding& finding) {
  if (finding.op >= program.ops.size()) return "end checks";
  return fmt::format("op {}: {}", finding.op, oracle::print_op(program.ops[finding.op]));
}

std::string_view class_of(const Finding& finding) {
  return finding.calls == oracle::CallClass::Contract ? "contract" : "hostile";
}

std::string program_text(const Program& program) {
  return fmt::format("--- program\n{}--- end\n", oracle::print_text(program));
}

std::string banner(const Program& program, const Finding& finding) {
  return fmt::format("{}{}\n{} ({})\n{}\n{}", kMark, finding.rule, where_found(program, finding),
                     class_of(finding), finding.evidence, program_text(program));
}

std::string_view rule_of_banner(std::string_view line) {
  if (!line.starts_with(kMark)) return {};
  line.remove_prefix(kMark.size());
  return line.substr(0, line.find(' '));
}

std::optional<BannerReport> read_banner(std::string_view output) {
  BannerReport report;
  while (!output.empty() && report.rule.empty()) report.rule = rule_of_banner(take_line(output));
  if (report.rule.empty()) return {};
  for (bool first = true; !output.empty(); first = false) {
    const std::string_view line = take_line(output);
    if (ends_banner(line)) break;
    if (first && take_place(line, report)) continue;
    if (!report.evidence.empty()) report.evidence += '\n';
    report.evidence += line;
  }
  return report;
}

void print_last_words(const Program& program, const Finding& finding, bool /*muted*/) {
  std::fputs(banner(program, finding).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace hobnail
