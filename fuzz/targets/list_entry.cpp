// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Trying lists, and hearing of the end: an access outside of the list is DXE-LIST, an assertion of
// core's is TARGET-STOP, no end is TARGET-HANG, anything else is TARGET-CRASH.
#include "fuzz/targets/list_entry.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "properties/oracle/board/asan.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/hob_list_input/guarded_bytes.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/isolation/sanitizer_report.h"
#include "properties/oracle/rules/rule_choice.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::Finding;
using oracle::HobListInput;
using oracle::RuleId;

// The list that is being read, and where its bytes are.
const HobListInput* g_list = nullptr;
std::span<const std::uint8_t> g_bytes;
ListLastWords g_report = print_on_stderr;
bool g_engines = false;  // whose the signals are
bool g_ours = true;      // the reader that reads

void report_once(std::string_view id, std::string evidence) {
  const HobListInput* const list = g_list;
  g_list = nullptr;
  if (list == nullptr) return;
  Finding finding;
  finding.rule = id;
  finding.evidence = std::move(evidence);
  finding.evidence += "\n" + oracle::hex_dump(g_bytes, g_bytes.size());
  g_report(*list, finding);
}

// fuzz/triage/hob_list/bucket.cpp reads this sentence.
void report_access(std::uint64_t address, const std::string& frames) {
  const std::string where = oracle::place_beside(g_bytes, address);
  if (where.empty()) return report_once(rule_name(RuleId::TargetCrash), "a wild access" + frames);
  report_once(rule_name(RuleId::DxeList),
              fmt::format("the list, of {:#x} bytes, is read {}{}", g_bytes.size(), where, frames));
}

#if defined(HOBNAIL_ASAN)
void on_report(const char* text) {
  if (g_list == nullptr) return;
  const oracle::SanitizerReport report = oracle::read_report(text);
  if (report.accesses) return report_access(report.address, report.frames);
  report_once(rule_name(RuleId::TargetCrash), "a sanitizer ends the process" + report.frames);
}
#endif

void on_signal(int number, siginfo_t* info, void* /*context*/) {
  const double seconds = number == SIGPROF ? oracle::exceeded_limit().seconds : 0;
  if (number == SIGPROF && seconds == 0) return;
  std::signal(SIGALRM, SIG_DFL);
  alarm(5);
  const bool trap = number == SIGILL || number == SIGTRAP;
  if (trap && g_ours) {
    report_once(rule_name(RuleId::TargetStop), "an assertion of core's does not hold");
  } else if (number == SIGPROF) {
    report_once(
        rule_name(RuleId::TargetHang),
        fmt::format("reading the list takes longer than {:g} s of processor time", seconds));
  } else if (number == SIGSEGV || number == SIGBUS) {
    report_access(reinterpret_cast<std::uintptr_t>(info->si_addr), {});
  } else {
    report_once(rule_name(RuleId::TargetCrash),
                fmt::format("signal {} ({})", number, strsignal(number)));
  }
  if (g_engines) std::abort();  // engines keep the input
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void take_signal(int number) {
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

std::string list_banner(const HobListInput& list, const Finding& finding) {
  return fmt::format("ASSERTION FAILED: FuzzerHash={}\n{}\n--- program\n{}--- end\n", finding.rule,
                     finding.evidence, oracle::print_hobs(list));
}

void print_on_stderr(const HobListInput& list, const Finding& finding) {
  std::fputs(list_banner(list, finding).c_str(), stderr);
  std::fflush(stderr);
}

void begin_list_target(oracle::Signals signals, ListLastWords report) {
  g_report = report;
  g_engines = signals == oracle::Signals::Engines;
  take_signal(SIGILL);
  take_signal(SIGTRAP);
  if (!g_engines) take_signal(SIGPROF);
#if defined(HOBNAIL_ASAN)
  __asan_set_error_report_callback(on_report);
#else
  if (g_engines) return;
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT}) take_signal(number);
#endif
}

std::optional<Finding> try_list(const HobListInput& list, const oracle::ListReaders& readers,
                                const oracle::RuleSet& rules) {
  g_bytes = oracle::place_guarded(oracle::bytes_of(list));
  g_list = &list;
  g_ours = readers.consumer == nullptr || readers.consumer->traits().ours;
  std::optional<Finding> finding;
  {
    const oracle::ScopedListReading reading;
    finding = oracle::check_hob_list(g_bytes, std::uint64_t{1} << list.granularity_shift, readers);
  }
  g_list = nullptr;
  if (finding && !oracle::is_enabled(rules, finding->rule)) return std::nullopt;
  return finding;
}

}  // namespace hobnail
