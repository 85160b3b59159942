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
};
Current g_current;

void start_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec =
      static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

Boot* current_boot() { return g_current.boot; }

ScopedCurrentBoot::ScopedCurrentBoot(Boot& boot) : outer_(std::exchange(g_current.boot, &boot)) {
  if (g_current.limit > 0) start_timer(g_current.limit);
}

ScopedCurrentBoot::~ScopedCurrentBoot() {
  if (g_current.limit > 0) start_timer(outer_ == nullptr ? 0 : g_current.limit);
  g_current.boot = outer_;
}

void limit_boots(double seconds) { g_current.limit = seconds; }

double boot_limit() { return g_current.limit; }

}  // namespace hobnail::oracle
