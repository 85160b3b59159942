// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FuzzWords: what a libFuzzer process of clang 14 says on stderr, read line by line: its figures
// while it runs, and what it died of: our banner, which names the rule, else the report of a
// sanitizer or of libFuzzer itself.
//
//   #4096  pulse  cov: 21 ft: 30 corp: 7/80b ...                one process
//   #4096: cov: 21 ft: 30 corp: 7 exec/s: 2048 ...              with -fork
//   ASSERTION FAILED: FuzzerHash=<RULE-ID>                      fuzz/targets/banner.h
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/crash/crash_report.h"

namespace hobnail {

// What a process died of.
struct Death {
  std::string rule;               // or the kind of a report: "use-after-poison"
  std::string bucket;             // the rule, or kind:frame
  std::optional<std::size_t> op;  // that showed it, where the banner says so
  std::string call_class;         // "contract" or "hostile"; empty when nobody knows
  std::string evidence;
  std::string program;  // .boot text; empty when the target died before it could print it
};

class FuzzWords {
 public:
  void feed(std::string_view text);  // any piece; lines are put together here

  [[nodiscard]] std::optional<Death> death() const;

  std::uint64_t executions = 0;  // as far as it has said
  std::uint64_t cov = 0, ft = 0, corpus = 0;
  bool started = false;           // it has said a figure
  std::vector<std::string> tail;  // the last lines, for a process that could not start

 private:
  void take_line(std::string_view line);
  bool take_banner(std::string_view line);  // true when the line belongs to it
  bool take_status(std::string_view line);

  enum class Part : std::uint8_t { Outside, Evidence, Program };
  std::string rest_;  // a line that is not complete
  std::string rule_;
  Part part_ = Part::Outside;
  std::string evidence_, program_;
  ReportReader report_;
};

}  // namespace hobnail
