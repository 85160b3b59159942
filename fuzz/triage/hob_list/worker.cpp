// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How a worker reads a list, and its timer.
#include "fuzz/triage/hob_list/worker.h"

#include <fmt/format.h>
#include <sys/time.h>

#include <csignal>

#include "fuzz/targets/list_entry.h"
#include "fuzz/triage/execution/worker.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::HobListInput;
using oracle::Outcome;

double g_seconds = 0;  // of one list

void reply_with_crash(const HobListInput& /*list*/, const Finding& finding) { reply_last(finding); }

void on_timer(int number) {
  reply_last(
      {oracle::rule_name(oracle::RuleId::TargetHang), 0,
       fmt::format("reading the list takes longer than {:g} s of processor time", g_seconds)});
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void set_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  const double rest = seconds - static_cast<double>(timer.it_value.tv_sec);
  timer.it_value.tv_usec = static_cast<suseconds_t>(rest * 1e6);
  setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace

void be_list_worker(const ListWorkerSetup& setup) {
  begin_list_target(oracle::Signals::Ours, reply_with_crash);
  g_seconds = setup.seconds;
  std::signal(SIGPROF, on_timer);
  answer_requests([&](std::span<const std::uint8_t> bytes, bool /*trace*/) {
    Outcome outcome;
    set_timer(g_seconds);
    outcome.finding = try_list(oracle::decode_hobs(bytes), setup.readers);
    set_timer(0);
    return outcome;
  });
}

}  // namespace hobnail
