// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hearing of the end: sanitizers' reports, signals, a timer.
#include "properties/oracle/isolation/crash_reporter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/hob_list_input/guarded_bytes.h"
#include "properties/oracle/isolation/attribute_access.h"
#include "properties/oracle/isolation/sanitizer_report.h"
#include "properties/oracle/rules/rules.h"

#if defined(HOBNAIL_ASAN)
#include <sanitizer/common_interface_defs.h>
#endif

namespace hobnail::oracle {
namespace {

// Of the process: one crash is reported.
struct Reporter {
  CrashCallback callback = nullptr;
  bool done = false;
};
Reporter g_reporter;

void report_once(const Boot& boot, Finding finding) {
  if (boot.options.known != nullptr) finding.known = boot.options.known->issue_of(boot, finding);
  if (g_reporter.callback == nullptr || std::exchange(g_reporter.done, true)) return;
  const RuleId rule = parse_rule(finding.rule).value_or(RuleId::TargetCrash);
  g_reporter.callback(boot.program, finding, !boot.options.rules.has(rule));
}

bool in_consumer(const Boot& boot) {
  return boot.options.consumer != nullptr && boot.options.consumer->in_call();
}

// ": its copy of the list, ..." for an address beside that copy.
std::string beside_list(const Boot& boot, std::uint64_t address) {
  const std::span<const std::uint8_t> copy = guarded_bytes();
  if (copy.empty() || boot.options.consumer->traits().needs_memory) return {};
  const std::string where = place_beside(copy, address);
  if (where.empty()) return {};
  return fmt::format(": its copy of the list, of {:#x} bytes, is accessed {}", copy.size(), where);
}

// Known issues hold the first words.
Finding access_of_consumer(const Boot& boot, std::uint64_t address) {
  return finding_now(boot, RuleId::WildAccess,
                     fmt::format("the consumer accesses {:#x}, which is neither its own nor given "
                                 "to it{}",
                                 address, beside_list(boot, address)));
}

std::string where_it_was(const Boot& boot) {
  if (boot.session.in_call()) return "in a call of the target";
  if (in_consumer(boot)) return "in a call of the consumer";
  return "outside of a call: the target has damaged the harness, or the harness has a bug";
}

#if defined(HOBNAIL_ASAN)
void on_report(const char* text) {
  const Boot* const boot = current_boot();
  if (boot == nullptr) return;
  const SanitizerReport report = read_report(text);
  Finding finding =
      report.accesses && boot->session.in_call()
          ? attribute_access(*boot, report.address, report.write)
      : report.accesses && in_consumer(*boot)
          ? access_of_consumer(*boot, report.address)
          : finding_now(*boot, RuleId::TargetCrash, "the process ends " + where_it_was(*boot));
  finding.evidence += report.frames;
  report_once(*boot, finding);
}

void on_sanitizers_death() {
  const Boot* const boot = current_boot();
  if (boot == nullptr) return;
  report_once(*boot, finding_now(*boot, RuleId::TargetCrash,
                                 "a sanitizer ends the process " + where_it_was(*boot)));
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

Finding hang(const Boot& boot, const ExceededLimit& limit) {
  return finding_now(boot, RuleId::TargetHang,
                     fmt::format("the boot takes longer than {:g} s{}; it was {}", limit.seconds,
                                 limit.of_op ? " in one op" : "", where_it_was(boot)));
}

Finding finding_of_signal(const Boot& boot, int number, const siginfo_t& info,
                          const void* context) {
  const bool access = number == SIGSEGV || number == SIGBUS;
  if (access && boot.session.in_call()) {
    return attribute_access(boot, reinterpret_cast<std::uintptr_t>(info.si_addr),
                            is_write(context));
  }
  if (access && in_consumer(boot)) {
    return access_of_consumer(boot, reinterpret_cast<std::uintptr_t>(info.si_addr));
  }
  return finding_now(
      boot, RuleId::TargetCrash,
      fmt::format("signal {} ({}) {}", number, strsignal(number), where_it_was(boot)));
}

void on_signal(int number, siginfo_t* info, void* context) {
  const ExceededLimit limit = number == SIGPROF ? exceeded_limit() : ExceededLimit{};
  if (number == SIGPROF && limit.seconds == 0) return;
  // Whatever fails from here on must not last, and a boot that the target has overwritten may fail
  // the report itself: a second signal ends the process, and the parent reports its death.
  static volatile std::sig_atomic_t reporting = 0;
  std::signal(SIGALRM, SIG_DFL);
  std::signal(SIGPROF, SIG_IGN);
  alarm(5);
  if (const Boot* const boot = current_boot(); boot != nullptr && reporting == 0) {
    reporting = 1;
    report_once(*boot, number == SIGPROF ? hang(*boot, limit)
                                         : finding_of_signal(*boot, number, *info, context));
  }
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void take_signal(int number) {
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

bool is_in_consumer() {
  const Boot* const boot = current_boot();
  return boot != nullptr && !boot->session.in_call() && in_consumer(*boot);
}

void install_crash_reporter(CrashCallback callback, Signals signals) {
  g_reporter = {callback, false};
#if defined(HOBNAIL_ASAN)
  __asan_set_error_report_callback(on_report);
  if (signals == Signals::Engines) return;
  __sanitizer_set_death_callback(on_sanitizers_death);
  for (const int number : {SIGILL, SIGTRAP}) take_signal(number);  // which it does not take
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
  take_signal(SIGPROF);
}

}  // namespace hobnail::oracle
