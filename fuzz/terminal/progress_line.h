// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Progress of long work, on stderr: one line in place on a terminal, a line every five seconds
// elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace hobnail {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);

  void show(std::string_view text);  // when it is time for it
  void say(std::string_view text);   // a line that stays
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

// 75 s: "1:15"
[[nodiscard]] std::string clock_text(double seconds);
// 1234567: "1,234,567"
[[nodiscard]] std::string grouped(std::uint64_t number);

}  // namespace hobnail
