// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lines, and the figures in them.
#include "fuzz/campaign/libfuzzer_log.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

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

}  // namespace

void LibFuzzerLog::feed(std::string_view text) {
  rest_.append(text);
  std::size_t from = 0;
  for (std::size_t to = 0; (to = rest_.find('\n', from)) != std::string::npos; from = to + 1) {
    std::string_view line = std::string_view(rest_).substr(from, to - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take_line(line);
  }
  rest_.erase(0, from);
}

void LibFuzzerLog::take_line(std::string_view line) {
  constexpr std::size_t kTail = 12;
  if (tail.size() == kTail) tail.erase(tail.begin());
  tail.emplace_back(line);
  if (line == "--- program") in_program_ = true;
  if (line == "--- end" || line.starts_with("==")) in_program_ = false;
  if (const std::string_view rule = rule_of_banner(line); !rule.empty()) {
    rules_.emplace_back(rule);
  } else if (!in_program_) {
    take_status(line);
  }
}

void LibFuzzerLog::take_status(std::string_view line) {
  if (!line.starts_with('#') || line.find(" in ") != std::string_view::npos) return;
  const auto number = number_at(line.substr(1));
  if (!number) return;
  executions = std::max(executions, *number);
  initialized = initialized || line.find("INITED") != std::string_view::npos;
  read_figure(line, "cov: ", cov);
  read_figure(line, "ft: ", ft);
  read_figure(line, "corp: ", corpus);
}

std::vector<std::string> LibFuzzerLog::take_rules() { return std::exchange(rules_, {}); }

}  // namespace hobnail
