// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The child's clock, and /proc.
#include "properties/oracle/isolation/child_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>

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
  restart_op();
  of_boot_ = of_op_;
}

void ChildWatch::restart_op() {
  last_ = Clock::now();
  of_op_ = {cpu_seconds(), 0};
  stopped_ = 0;
}

// Time in which this process was stopped itself does not count.
void ChildWatch::wait_on(double seconds) {
  if (std::exchange(limit_, seconds) != seconds) restart();
  const Clock::time_point now = Clock::now();
  const double step = std::min(std::chrono::duration<double>(now - last_).count(), kStepMax);
  last_ = now;
  of_op_.seconds += step;
  of_boot_.seconds += step;
  if (of_op_.seconds >= 1) stopped_ = is_stopped() ? stopped_ + step : 0;
}

bool ChildWatch::exceeds(const Wait& wait, double seconds) const {
  return seconds > 0 && wait.seconds >= 1 &&
         (cpu_seconds() - wait.cpu_before > cpu_limit(seconds) ||
          wait.seconds > wall_limit(seconds));
}

ChildState ChildWatch::look(double seconds) {
  wait_on(seconds);
  if (stopped_ > kStoppedMax) return ChildState::Stopped;
  return exceeds(of_op_, seconds) ? ChildState::TooLong : ChildState::Lives;
}

ChildState ChildWatch::look(double seconds, const BootProgress& progress) {
  if (std::exchange(boots_, progress.boots) != progress.boots) restart();
  if (std::exchange(op_, progress.op) != progress.op) restart_op();
  const ChildState state = look(seconds);
  return state == ChildState::Lives && exceeds(of_boot_, kBootLimitInOps * seconds)
             ? ChildState::TooLong
             : state;
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
