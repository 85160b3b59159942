// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// LibFuzzerLog: the output of a libFuzzer process of clang 14, read line by line while it runs: its
// figures, and the rules of the banners.
//
//   #4096  pulse  cov: 21 ft: 30 corp: 7/80b ...                one process
//   #4096: cov: 21 ft: 30 corp: 7 exec/s: 2048 ...              with -fork, which prints no banner
//   ASSERTION FAILED: FuzzerHash=<RULE-ID>                      fuzz/targets/banner.h
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

class LibFuzzerLog {
 public:
  void feed(std::string_view text);  // any piece; lines are put together here

  // Of the banners since the last time.
  [[nodiscard]] std::vector<std::string> take_rules();

  std::uint64_t executions = 0;  // as far as it has printed
  std::uint64_t cov = 0, ft = 0, corpus = 0;
  bool initialized = false;       // it has run the seeds: from here on coverage is printed
  std::vector<std::string> tail;  // the last lines, for a process that could not start

 private:
  void take_line(std::string_view line);
  void take_status(std::string_view line);

  std::string rest_;  // a line that is not complete
  std::vector<std::string> rules_;
  bool in_program_ = false;  // of a banner: a comment there is no status
};

}  // namespace hobnail
