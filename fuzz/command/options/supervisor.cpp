// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The wait for the child, with deadlines, and the words for its end.
#include "fuzz/command/options/supervisor.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <string>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/options/exit_code.h"
#include "fuzz/crash/symbolizer.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/process/spawn.h"
#include "fuzz/process/supervised.h"
#include "properties/oracle/isolation/child_watch.h"
#include "properties/oracle/isolation/shared_object.h"

namespace hobnail {
namespace {

using oracle::ChildState;

constexpr double kLoadSeconds = 10;  // of processor time, of constructors and hobnail_get_target
constexpr double kEndSeconds = 2;    // of destructors, after the verdict
constexpr rlim_t kDescriptors = 32;  // sanitizers need some too, and fail without a reason
constexpr std::array<int, 3> kInterrupts{SIGINT, SIGTERM, SIGHUP};

Supervised* g_shared = nullptr;

void check_limits() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= kDescriptors) return;
  throw std::runtime_error(
      fmt::format("the limit of {} open files is too low; set it to {} or more (ulimit -n)",
                  files.rlim_cur, kDescriptors));
}

int checked_output(int code, Supervised& shared) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  // The target may have closed all files: the supervisor complains.
  if (code != kCannotWork && errno != EPIPE) shared.output_lost = 1;
  return kCannotWork;
}

std::string end_text(int status) {
  if (!WIFSIGNALED(status)) return fmt::format("with exit code {}", WEXITSTATUS(status));
  return fmt::format("by {} ({})", signal_name(WTERMSIG(status)), strsignal(WTERMSIG(status)));
}

class Supervisor {
 public:
  Supervisor(pid_t child, Supervised& shared, const sigset_t& signals)
      : child_(child), shared_(shared), signals_(signals), watch_(child) {}

  int run() {
    int status = 0;
    while (waitpid(child_, &status, WNOHANG) != child_) {
      wait_a_moment();
      if (const int code = judge(); code >= 0) return code;
    }
    if (shared_.has_verdict != 0) return verdict();
    if (shared_.interrupts != 0) return report_interrupted();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE && shared_.boot.running == 0) {
      return 128 + SIGPIPE;  // the reader of our output has gone
    }
    return report("TARGET-CRASH", "its process ended " + end_text(status) + " without a verdict");
  }

 private:
  [[nodiscard]] int verdict() const {
    if (shared_.report_bytes != 0) print_report();
    if (shared_.output_lost != 0) {
      std::fputs("hobnail: standard output cannot be written\n", stderr);
    }
    return shared_.verdict;
  }

  // Of a child that a crash ended.
  void print_report() const {
    const std::string text(shared_.report,
                           std::min<std::size_t>(shared_.report_bytes, sizeof shared_.report));
    std::fputs(with_symbols(text).c_str(), stdout);
    if (std::fflush(stdout) != 0)
      std::fputs("hobnail: standard output cannot be written\n", stderr);
  }

  void wait_a_moment() {
    const timespec moment{0, 50'000'000};
    siginfo_t info{};
    const int number = sigtimedwait(&signals_, &info, &moment);
    if (number <= 0 || number == SIGCHLD) return;
    if (shared_.interrupts++ == 0 && shared_.watches != 0) return;
    kill(child_, SIGKILL);
  }

  // The exit code when the child has to be ended; -1 while it may go on.
  int judge() {
    const oracle::BootProgress& boot = shared_.boot;
    const bool has_verdict = shared_.has_verdict != 0;
    if (has_verdict != had_verdict_) watch_.restart();
    had_verdict_ = has_verdict;
    const double limit = has_verdict         ? kEndSeconds
                         : boot.loading != 0 ? kLoadSeconds
                         : boot.running != 0 ? boot.limit
                                             : 0;
    const ChildState state = watch_.look(limit, boot);
    if (state == ChildState::Lives) return -1;
    kill_and_wait(child_);
    if (has_verdict) return verdict();
    if (state == ChildState::Stopped) {
      return report("TARGET-HANG", "it has stopped its process (SIGSTOP)");
    }
    return report(
        "TARGET-HANG",
        fmt::format("it takes too long, with {:g} s for an op, and cannot be interrupted", limit));
  }

  // A finding when a boot ran.
  [[nodiscard]] int report(std::string_view rule, const std::string& what) const {
    const oracle::BootProgress& boot = shared_.boot;
    if (boot.running == 0) {
      std::fputs(
          fmt::format("hobnail: {}: {}\n",
                      boot.loading != 0 ? "the target or consumer cannot be loaded"
                                        : "the target or consumer, or hobnail itself, has failed",
                      what)
              .c_str(),
          stderr);
      return kCannotWork;
    }
    std::string input = clean_text({shared_.input, strnlen(shared_.input, sizeof shared_.input)});
    if (input.empty()) input = fmt::format("boot {}", boot.boots);
    const bool list = boot.list != 0;
    const std::string where = list              ? std::string("reading the list")
                              : boot.in_op != 0 ? fmt::format("at op {}", boot.op)
                                                : std::string("in the cold entry");
    std::fputs(fmt::format("FAIL  {}: {}, {}\n      the {} does not return: {}\n{}", input, rule,
                           where, list ? "consumer" : "target", what,
                           list ? "The remaining lists were not read.\n"
                                : "The remaining programs were not run. Use --isolate to run each "
                                  "program in a child process.\n")
                   .c_str(),
               stdout);
    std::fflush(stdout);
    return kFindings;
  }

  static int report_interrupted() {
    std::fputs("hobnail: interrupted\n", stderr);
    return kInterrupted;
  }

  pid_t child_;
  Supervised& shared_;
  const sigset_t& signals_;
  oracle::ChildWatch watch_;
  bool had_verdict_ = false;
};

// SIGINT of a background job and SIGHUP under nohup stay ignored.
sigset_t block_signals(sigset_t& before) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  for (const int number : kInterrupts) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    if (action.sa_handler != SIG_IGN) sigaddset(&signals, number);
  }
  sigprocmask(SIG_BLOCK, &signals, &before);
  return signals;
}

[[noreturn]] void be_the_command(const std::function<int()>& command, Supervised& shared,
                                 const sigset_t& before) {
  // They come through the supervisor, once each.
  for (const int number : kInterrupts) std::signal(number, SIG_IGN);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  g_shared = &shared;
  take_interrupts_from(&shared);
  oracle::report_progress_to(&shared.boot);
  int code = checked_output(command(), shared);
  if (interrupted() && shared.watches != 0) {
    std::fputs("hobnail: interrupted before the end\n", stderr);
    if (code != kFindings) code = kInterrupted;
  }
  shared.verdict = code;
  shared.has_verdict = 1;
  std::exit(code);
}

}  // namespace

int supervise(const std::function<int()>& command) {
  check_limits();
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of its writer
  const oracle::SharedObject<Supervised> memory = oracle::make_shared_object<Supervised>();
  Supervised& shared = *memory;
  sigset_t before;
  const sigset_t signals = block_signals(before);
  const pid_t child = fork_child([&] { be_the_command(command, shared, before); });
  return Supervisor(child, shared, signals).run();
}

void note_input(std::string_view name) {
  if (g_shared == nullptr) return;
  const std::size_t size = std::min(name.size(), sizeof g_shared->input - 1);
  std::memcpy(g_shared->input, name.data(), size);
  g_shared->input[size] = '\0';
}

std::string noted_input() {
  if (g_shared == nullptr) return {};
  return {g_shared->input, strnlen(g_shared->input, sizeof g_shared->input)};
}

void end_with_report(const std::string& text, int code) {
  if (g_shared != nullptr && text.size() <= sizeof g_shared->report) {
    std::memcpy(g_shared->report, text.data(), text.size());
    g_shared->report_bytes = static_cast<std::uint32_t>(text.size());
  } else {
    std::fputs(text.c_str(), stdout);
  }
  std::fflush(stdout);
  end_with_verdict(code);
}

void end_with_verdict(int code) {
  if (g_shared != nullptr) {
    g_shared->verdict = code;
    g_shared->has_verdict = 1;
  }
  _exit(code);
}

}  // namespace hobnail
