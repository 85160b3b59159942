// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The one global of boots, and the timer.
#include "properties/oracle/boot/current_boot.h"

#include <sys/time.h>

#include <utility>

namespace hobnail::oracle {
namespace {

constexpr unsigned kTicks = 4;  // in a limit

struct Current {
  Boot* boot = nullptr;
  double limit = 0;  // seconds
  BootProgress* progress = nullptr;
};
Current g_current;

// What the handler reads and writes, in the thread that the boots run on.
struct Clock {
  volatile std::uint64_t ops = 0;  // that have begun
  std::uint64_t ops_at_tick = 0;
  unsigned ticks_of_op = 0;
  unsigned ticks_of_boot = 0;
};
Clock g_clock;

// 0: stops it.
void set_timer(double seconds) {
  timeval step{};
  step.tv_sec = static_cast<time_t>(seconds);
  step.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(step.tv_sec)) * 1e6);
  const itimerval timer{step, step};
  setitimer(ITIMER_PROF, &timer, nullptr);
}

void start_clock() {
  if (g_current.limit <= 0) return;
  g_clock.ops_at_tick = g_clock.ops;
  g_clock.ticks_of_op = 0;
  g_clock.ticks_of_boot = 0;
  set_timer(g_current.limit / kTicks);
}

void stop_clock() {
  if (g_current.limit > 0) set_timer(0);
}

}  // namespace

Boot* current_boot() { return g_current.boot; }

ScopedCurrentBoot::ScopedCurrentBoot(Boot& boot) : outer_(std::exchange(g_current.boot, &boot)) {
  start_clock();
  if (g_current.progress == nullptr) return;
  BootProgress& progress = *g_current.progress;
  progress = {progress.boots + 1, 1, 0, 0, 0, 0, g_current.limit};
}

ScopedCurrentBoot::~ScopedCurrentBoot() {
  if (outer_ == nullptr) {
    stop_clock();
  } else {
    start_clock();
  }
  g_current.boot = outer_;
  if (g_current.progress != nullptr) g_current.progress->running = outer_ == nullptr ? 0 : 1;
}

ScopedListReading::ScopedListReading() {
  start_clock();
  if (g_current.progress == nullptr) return;
  BootProgress& progress = *g_current.progress;
  progress = {progress.boots + 1, 1, 0, 1, 0, 0, g_current.limit};
}

ScopedListReading::~ScopedListReading() {
  stop_clock();
  if (g_current.progress != nullptr) g_current.progress->running = 0;
}

void limit_time(double seconds) { g_current.limit = seconds; }

ExceededLimit exceeded_limit() {
  const std::uint64_t ops = g_clock.ops;
  const bool same = ops == std::exchange(g_clock.ops_at_tick, ops);
  g_clock.ticks_of_op = same ? g_clock.ticks_of_op + 1 : 0;
  if (g_clock.ticks_of_op >= kTicks) return {g_current.limit, true};
  const bool of_boot = ++g_clock.ticks_of_boot >= kTicks * kBootLimitInOps;
  return {of_boot ? g_current.limit * kBootLimitInOps : 0, false};
}

void report_progress_to(BootProgress* shared) { g_current.progress = shared; }

void note_op(std::size_t op) {
  g_clock.ops = g_clock.ops + 1;
  if (g_current.progress == nullptr) return;
  g_current.progress->op = op;
  g_current.progress->in_op = 1;
}

void note_loading(bool loading) {
  if (g_current.progress != nullptr) g_current.progress->loading = loading ? 1 : 0;
}

}  // namespace hobnail::oracle
