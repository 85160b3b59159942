// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ChildWatch: how long a child has given no sign of life, as its parent measures it. Processor time
// of the child, and time in which the parent itself could look: a machine that is busy, or a job
// that a terminal has stopped, makes no hang.
//
// Invariant: a child that stops itself, blocks its signals or sleeps is noticed all the same, in an
// op that does not end and in a boot of slow ones.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

#include "properties/oracle/boot/current_boot.h"

namespace hobnail::oracle {

enum class ChildState : std::uint8_t { Lives, TooLong, Stopped };

class ChildWatch {
 public:
  explicit ChildWatch(pid_t child);

  // The child has given a sign of life.
  void restart();
  // To be called several times a second. `seconds`: of processor time that it may take by itself,
  // counted from the look that first names this limit; 0: no limit.
  [[nodiscard]] ChildState look(double seconds);
  // The same for a child that reports `progress`: a boot or an op that begins is a sign of life. A
  // boot may take kBootLimitInOps times as long as an op.
  [[nodiscard]] ChildState look(double seconds, const BootProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;

  // Since a sign of life.
  struct Wait {
    double cpu_before = 0;
    double seconds = 0;
  };

  void restart_op();
  void wait_on(double seconds);
  [[nodiscard]] bool exceeds(const Wait& wait, double seconds) const;
  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] bool is_stopped() const;

  pid_t child_;
  std::uint64_t boots_ = 0;  // of the last look
  std::uint64_t op_ = 0;
  Clock::time_point last_;
  double limit_ = 0;  // seconds, of the last look
  Wait of_op_;
  Wait of_boot_;
  double stopped_ = 0;  // seconds
};

}  // namespace hobnail::oracle
