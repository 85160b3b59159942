// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hearing of the end: sanitizers' reports, signals, a timer.
#include "properties/oracle/isolation/crash_reporter.h"

#include <fmt/format.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/isolation/sanitizer_report.h"

#if defined(HOBNAIL_ASAN)
#include <sanitizer/common_interface_defs.h>
#endif

namespace hobnail::oracle {
namespace {

const Boot* g_boot = nullptr;
CrashCallback g_tell = nullptr;
double g_seconds = 0;
bool g_told = false;

Finding of_boot(RuleId id, std::string evidence) {
  const CallClass calls = g_boot->hostile_calls == 0 ? CallClass::Contract : CallClass::Hostile;
  return {rule_name(id), g_boot->calls_entry ? 0 : g_boot->op, std::move(evidence), calls};
}

bool is_disabled(const Finding& finding) {
  const std::optional<RuleId> rule = parse_rule(finding.rule);
  return rule && !g_boot->options.rules.has(*rule);
}

void tell_once(const Finding& finding) {
  if (g_told || g_tell == nullptr || g_boot == nullptr) return;
  g_told = true;
  g_tell(g_boot->program, finding, is_disabled(finding));
}

std::string where_it_was() {
  if (g_boot->session.in_call()) return "in a call of the target";
  return "outside of a call: the target has damaged the harness, or the harness has a bug";
}

#if defined(HOBNAIL_ASAN)
void on_report(const char* text) {
  if (g_boot == nullptr) return;
  const SanitizerReport report = read_report(text);
  Finding finding = report.accesses && g_boot->session.in_call()
                        ? attribute_access(*g_boot, report.address, report.write)
                        : of_boot(RuleId::TargetCrash, "the process ends " + where_it_was());
  finding.evidence += report.frames;
  tell_once(finding);
}

void on_sanitizers_death() {
  if (g_boot != nullptr) {
    tell_once(of_boot(RuleId::TargetCrash, "a sanitizer ends the process " + where_it_was()));
  }
}
#endif

bool is_write(const void* context) {
#if defined(__x86_64__) || defined(__i386__)
  constexpr greg_t kWriteBit = 2;  // of the page fault's error code
  const auto* const machine = static_cast<const ucontext_t*>(context);
  return (machine->uc_mcontext.gregs[REG_ERR] & kWriteBit) != 0;
#else
  (void)context;
  return true;
#endif
}

void on_signal(int number, siginfo_t* info, void* context) {
  // Whatever fails from here on must not last.
  std::signal(SIGALRM, SIG_DFL);
  alarm(5);
  if (g_boot != nullptr) {
    const bool access = number == SIGSEGV || number == SIGBUS;
    if (number == SIGALRM) {
      tell_once(of_boot(
          RuleId::TargetHang,
          fmt::format("the boot takes longer than {:g} s; it was {}", g_seconds, where_it_was())));
    } else if (access && g_boot->session.in_call()) {
      const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
      tell_once(attribute_access(*g_boot, address, is_write(context)));
    } else {
      tell_once(of_boot(RuleId::TargetCrash, fmt::format("signal {} ({}) {}", number,
                                                         strsignal(number), where_it_was())));
    }
  }
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void take_signal(int number) {
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigaction(number, &action, nullptr);
}

void start_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec =
      static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

void install_crash_reporter(CrashCallback tell, Signals signals) {
  g_tell = tell;
  g_told = false;
#if defined(HOBNAIL_ASAN)
  __asan_set_error_report_callback(on_report);
  if (signals == Signals::Engines) return;
  __sanitizer_set_death_callback(on_sanitizers_death);
#else
  if (signals == Signals::Engines) return;
  // A stack that has overflowed cannot hold a handler.
  static std::array<std::uint8_t, 0x20000> stack;
  stack_t other{};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  sigaltstack(&other, nullptr);
  for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP}) take_signal(number);
#endif
  take_signal(SIGALRM);
}

void limit_boots(double seconds) { g_seconds = seconds; }

ScopedCurrentBoot::ScopedCurrentBoot(const Boot& boot) {
  g_boot = &boot;
  if (g_seconds > 0) start_timer(g_seconds);
}

ScopedCurrentBoot::~ScopedCurrentBoot() {
  if (g_seconds > 0) start_timer(0);
  g_boot = nullptr;
}

}  // namespace hobnail::oracle
