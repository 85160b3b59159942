// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Children and their pipe.
#include "properties/oracle/isolation/subprocess.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/isolation/child_watch.h"
#include "properties/oracle/isolation/crash_reporter.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/isolation/shared_object.h"
#include "properties/oracle/isolation/write_all.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;  // of an outcome's bytes

int g_pipe = -1;  // of this child, to its parent

// What stands before an outcome's bytes.
struct Head {
  std::uint64_t size = 0;
  std::uint64_t last = 0;  // 1: the child ends with this; 2: and it is why the harness cannot work
};

void send_error(std::string_view why) {
  const Head head{why.size(), 2};
  (void)(write_all(g_pipe, &head, sizeof head) && write_all(g_pipe, why.data(), why.size()));
}

bool send(const Outcome& outcome, bool last) {
  const std::vector<std::uint8_t> bytes = to_bytes(outcome);
  const Head head{bytes.size(), last ? 1U : 0U};
  return write_all(g_pipe, &head, sizeof head) && write_all(g_pipe, bytes.data(), bytes.size());
}

void send_crash(const Program& /*program*/, const Finding& finding, bool suppressed) {
  Outcome outcome;
  if (!suppressed) outcome.finding = finding;
  if (const Boot* const boot = current_boot()) outcome.left_out = boot->outcome.left_out;
  send(outcome, true);
  _exit(0);
}

// Never returns. What a target prints, and a sanitizer's report, would be one among many.
[[noreturn]] void be_child(std::size_t from, std::size_t count, const ProgramSource& programs,
                           const hobnail_target& target, const RunOptions& options,
                           const Isolation& isolation) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  if (isolation.shift == 0) Board::part_from_parent();
  install_crash_reporter(send_crash, Signals::Ours);
  limit_time(isolation.seconds);
  try {
    if (isolation.shift != 0) Board::shift_all(isolation.shift);
    for (std::size_t i = from; i < count; ++i) {
      if (!send(run_in_lockstep(programs(i), target, options), i + 1 == count)) break;
    }
  } catch (const std::exception& error) {  // lack of memory or descriptors is no finding
    send_error(error.what());
  }
  _exit(0);
}

struct Child {
  pid_t id = -1;
  int pipe = -1;
};

[[noreturn]] void cannot(const char* what) {
  throw std::runtime_error(fmt::format("cannot create {}: {}", what, std::strerror(errno)));
}

Child start_child(std::size_t from, std::size_t count, const ProgramSource& programs,
                  const hobnail_target& target, const RunOptions& options,
                  const Isolation& isolation, BootProgress* progress) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) cannot("a pipe for a child process");
  std::fflush(nullptr);  // what is in a buffer now would be printed twice
  const pid_t parent = getpid();
  const pid_t id = fork();
  if (id < 0) cannot("a child process");
  if (id == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);  // the parent died before the line above
    report_progress_to(progress);
    close(ends[0]);
    g_pipe = ends[1];
    be_child(from, count, programs, target, options, isolation);
  }
  close(ends[1]);
  return {id, ends[0]};
}

// A child, and how long it may be silent.
struct Listener {
  ChildWatch watch;
  double seconds;
  const BootProgress& progress;
  ChildState state = ChildState::Lives;

  bool child_lives() {
    state = watch.look(seconds, progress);
    return state == ChildState::Lives;
  }
};

// False when the child has ended, or writes nothing for too long.
bool read_all(int from, void* to, std::size_t bytes, Listener& listener) {
  constexpr int kTick = 100;  // milliseconds
  auto* at = static_cast<std::uint8_t*>(to);
  while (bytes != 0) {
    pollfd wait{from, POLLIN, 0};
    const int ready = poll(&wait, 1, kTick);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return false;
    if (ready == 0) {
      if (!listener.child_lives()) return false;
      continue;
    }
    const ssize_t done = read(from, at, bytes);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return true;
}

std::optional<Outcome> receive(const Child& child, Listener& listener, bool& last) {
  listener.watch.restart();
  Head head;
  if (!read_all(child.pipe, &head, sizeof head, listener) || head.size > kLongest) return {};
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(head.size));
  if (!read_all(child.pipe, bytes.data(), bytes.size(), listener)) return {};
  if (head.last == 2) {
    waitpid(child.id, nullptr, 0);
    throw std::runtime_error(std::string(bytes.begin(), bytes.end()));
  }
  last = head.last != 0;
  return outcome_of(bytes);
}

// Ends it; returns how it had ended by itself, empty when it had not.
std::string reap(const Child& child) {
  close(child.pipe);
  int status = 0;
  // It closes its pipe a moment before it is dead.
  for (int tries = 0; tries < 200; ++tries) {
    if (waitpid(child.id, &status, WNOHANG) == child.id) {
      if (WIFSIGNALED(status)) {
        return fmt::format("by signal {} ({})", WTERMSIG(status), strsignal(WTERMSIG(status)));
      }
      return fmt::format("with exit code {}", WEXITSTATUS(status));
    }
    usleep(1000);
  }
  kill(child.id, SIGKILL);
  waitpid(child.id, &status, 0);
  return {};
}

// A child that reported nothing of its last program.
Outcome silent_end(const std::string& how, const Listener& listener, const RuleSet& rules) {
  const std::size_t op =
      listener.progress.in_op != 0 ? static_cast<std::size_t>(listener.progress.op) : 0;
  const std::string too_long =
      listener.state == ChildState::Stopped
          ? std::string("the target has stopped its process (SIGSTOP)")
          : fmt::format("the boot takes too long, with {:g} s for an op, and cannot be interrupted",
                        listener.seconds);
  Outcome outcome;
  if (!rules.has(how.empty() ? RuleId::TargetHang : RuleId::TargetCrash)) return outcome;
  outcome.finding = how.empty() ? Finding{rule_name(RuleId::TargetHang), op, too_long}
                                : Finding{rule_name(RuleId::TargetCrash), op,
                                          "the process of the target ended " + how};
  return outcome;
}

}  // namespace

void run_isolated(std::size_t count, const ProgramSource& programs, const hobnail_target& target,
                  const RunOptions& options, const Isolation& isolation, const OutcomeSink& sink) {
  const SharedObject<BootProgress> progress = make_shared_object<BootProgress>();
  for (std::size_t next = 0; next < count;) {
    *progress = {};
    const Child child =
        start_child(next, count, programs, target, options, isolation, progress.get());
    Listener listener{ChildWatch(child.id), isolation.seconds, *progress};
    bool wanted = true;
    bool last = false;
    while (wanted && !last) {
      std::optional<Outcome> outcome = receive(child, listener, last);
      if (!outcome) break;
      wanted = sink(next++, std::move(*outcome));
    }
    if (!wanted) kill(child.id, SIGKILL);
    const std::string how = reap(child);
    if (!wanted) return;
    if (last) continue;
    Outcome end = silent_end(how, listener, options.rules);
    if (!sink(next++, std::move(end))) return;
  }
}

Outcome run_one_isolated(const Program& program, const hobnail_target& target,
                         const RunOptions& options, const Isolation& isolation) {
  Outcome result;
  run_isolated(
      1, [&](std::size_t) { return program; }, target, options, isolation,
      [&](std::size_t, Outcome outcome) {
        result = std::move(outcome);
        return true;
      });
  return result;
}

}  // namespace hobnail::oracle
