// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// In shared memory when there is a supervisor; else a handler and a flag.
#include "fuzz/process/interrupts.h"

#include <csignal>

#include "fuzz/process/supervised.h"

namespace hobnail {
namespace {

Supervised* g_shared = nullptr;
volatile std::sig_atomic_t g_interrupts = 0;

void on_interrupt(int number) {
  if (g_interrupts != 0) std::signal(number, SIG_DFL);  // the next one ends us
  g_interrupts = 1;
}

}  // namespace

void take_interrupts_from(Supervised* shared) { g_shared = shared; }

void watch_for_interrupts() {
  if (g_shared != nullptr) {
    g_shared->watches = 1;
    return;
  }
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, on_interrupt);
}

bool interrupted() {
  return g_interrupts != 0 || (g_shared != nullptr && g_shared->interrupts != 0);
}

void forget_interrupts() {
  g_interrupts = 0;
  if (g_shared != nullptr) g_shared->interrupts = 0;
}

}  // namespace hobnail
