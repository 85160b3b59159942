// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The loop of a worker of lists, its timer, and its last words.
#include "fuzz/triage/hob_list/worker.h"

#include <fmt/format.h>
#include <sys/time.h>

#include <csignal>

#include "fuzz/process/worker_channel.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/triage/boot/worker.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::HobListInput;
using oracle::Outcome;

double g_seconds = 0;  // of one list

void say_last(const Finding& finding) {
  Outcome outcome;
  outcome.finding = finding;
  (void)reply_with(outcome, true);
}

// Comes back, so that the process ends as it would have.
void send_last_words(const HobListInput& /*list*/, const Finding& finding) { say_last(finding); }

void on_alarm(int number) {
  say_last({oracle::rule_name(oracle::RuleId::TargetHang), 0,
            fmt::format("reading the list takes longer than {:g} s", g_seconds)});
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void set_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  const double rest = seconds - static_cast<double>(timer.it_value.tv_sec);
  timer.it_value.tv_usec = static_cast<suseconds_t>(rest * 1e6);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

void be_list_worker(const ListWorkerSetup& setup) {
  begin_list_target(oracle::Signals::Ours, send_last_words);
  g_seconds = setup.seconds;
  std::signal(SIGALRM, on_alarm);
  WorkerRequest request;
  while (receive_request(request)) {
    Outcome outcome;
    set_timer(g_seconds);
    outcome.finding = try_list(oracle::decode_hobs(request.bytes), setup.readers);
    set_timer(0);
    if (!reply_with(outcome, false)) break;
  }
}

}  // namespace hobnail
