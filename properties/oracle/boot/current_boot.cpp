// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The one global of boots, and the timer.
#include "properties/oracle/boot/current_boot.h"

#include <sys/time.h>

#include <utility>

namespace hobnail::oracle {
namespace {

struct Current {
  Boot* boot = nullptr;
  double limit = 0;  // seconds
  bool each_op = false;
  BootProgress* progress = nullptr;
};
Current g_current;

void start_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec =
      static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace

Boot* current_boot() { return g_current.boot; }

ScopedCurrentBoot::ScopedCurrentBoot(Boot& boot) : outer_(std::exchange(g_current.boot, &boot)) {
  if (g_current.limit > 0) start_timer(g_current.limit);
  if (g_current.progress == nullptr) return;
  BootProgress& progress = *g_current.progress;
  progress = {progress.boots + 1, 1, 0, 0, 0, 0, g_current.limit};
}

ScopedCurrentBoot::~ScopedCurrentBoot() {
  if (g_current.limit > 0) start_timer(outer_ == nullptr ? 0 : g_current.limit);
  g_current.boot = outer_;
  if (g_current.progress != nullptr) g_current.progress->running = outer_ == nullptr ? 0 : 1;
}

ScopedListReading::ScopedListReading() {
  if (g_current.limit > 0) start_timer(g_current.limit);
  if (g_current.progress == nullptr) return;
  BootProgress& progress = *g_current.progress;
  progress = {progress.boots + 1, 1, 0, 1, 0, 0, g_current.limit};
}

ScopedListReading::~ScopedListReading() {
  if (g_current.limit > 0) start_timer(0);
  if (g_current.progress != nullptr) g_current.progress->running = 0;
}

void limit_boots(double seconds) { g_current.limit = seconds; }
void limit_ops(double seconds) {
  g_current.limit = seconds;
  g_current.each_op = seconds > 0;
}

double boot_limit() { return g_current.limit; }

void report_progress_to(BootProgress* shared) { g_current.progress = shared; }

void note_op(std::size_t op) {
  if (g_current.each_op) start_timer(g_current.limit);
  if (g_current.progress == nullptr) return;
  g_current.progress->op = op;
  g_current.progress->in_op = 1;
}

void note_loading(bool loading) {
  if (g_current.progress != nullptr) g_current.progress->loading = loading ? 1 : 0;
}

}  // namespace hobnail::oracle
