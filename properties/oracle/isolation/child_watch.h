// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ChildWatch: how long a child has given no sign of life, as its parent measures it. Processor time
// of the child, and time in which the parent itself could look: a machine that is busy, or a job
// that a terminal has stopped, makes no hang.
//
// Invariant: a child that stops itself, blocks its signals or sleeps is noticed all the same.
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
  // To be called several times a second. `seconds`: of processor time that it may take by itself;
  // 0: no limit.
  [[nodiscard]] ChildState look(double seconds);
  // The same for a child that reports `progress`: a boot or an op that begins is a sign of life.
  [[nodiscard]] ChildState look(double seconds, const BootProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] bool is_stopped() const;

  pid_t child_;
  std::uint64_t boots_ = 0;  // of the last look
  std::uint64_t op_ = 0;
  Clock::time_point last_;
  double cpu_before_ = 0;
  double waited_ = 0;   // seconds
  double stopped_ = 0;  // seconds of them
};

}  // namespace hobnail::oracle
