// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The child's clock, and /proc.
#include "properties/oracle/isolation/child_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace hobnail::oracle {
namespace {

// The child's own timer comes first; a target may have disabled it.
double cpu_limit(double seconds) { return seconds * 2 + 3; }
// Of a child that sleeps, or has to wait for a processor.
double wall_limit(double seconds) { return seconds * 5 + 5; }

constexpr double kStoppedMax = 3;  // seconds
constexpr double kStepMax = 0.2;   // a longer one: this process was stopped too

}  // namespace

ChildWatch::ChildWatch(pid_t child) : child_(child) { restart(); }

void ChildWatch::restart() {
  last_ = Clock::now();
  cpu_before_ = cpu_seconds();
  waited_ = 0;
  stopped_ = 0;
}

ChildState ChildWatch::look(double seconds) {
  const Clock::time_point now = Clock::now();
  const double step = std::min(std::chrono::duration<double>(now - last_).count(), kStepMax);
  last_ = now;
  waited_ += step;
  if (waited_ < 1) return ChildState::Lives;  // the usual case, without a call of the system
  stopped_ = is_stopped() ? stopped_ + step : 0;
  if (stopped_ > kStoppedMax) return ChildState::Stopped;
  if (seconds <= 0) return ChildState::Lives;
  const bool spins = cpu_seconds() - cpu_before_ > cpu_limit(seconds);
  return spins || waited_ > wall_limit(seconds) ? ChildState::TooLong : ChildState::Lives;
}

ChildState ChildWatch::look(double seconds, const BootProgress& progress) {
  if (progress.boots != boots_ || progress.op != op_) restart();
  boots_ = progress.boots;
  op_ = progress.op;
  return look(seconds);
}

double ChildWatch::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(child_, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

bool ChildWatch::is_stopped() const {
  std::FILE* const file = std::fopen(fmt::format("/proc/{}/stat", child_).c_str(), "re");
  if (file == nullptr) return false;
  char state = '?';
  // The name may hold blanks and parentheses of its own; at most 15 characters.
  const int read = std::fscanf(file, "%*d (%*15[^)]) %c", &state);
  std::fclose(file);
  return read == 1 && state == 'T';
}

}  // namespace hobnail::oracle
