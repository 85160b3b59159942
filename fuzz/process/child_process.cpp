// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// fork, exec, and a process group: an engine starts children of its own, which are reached through
// it. Ctrl-C on a terminal goes to our group only; who drives tells the others.
#include "fuzz/process/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace hobnail {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void be_the_child(const std::vector<std::string>& command,
                               const Environment& environment, int words, pid_t parent) {
  setpgid(0, 0);
  // The rest of the group sees by its counters that we are gone (fuzz_counters.h).
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(words, STDERR_FILENO);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE}) std::signal(number, SIG_DFL);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  const std::string why = std::string(arguments[0]) + ": " + std::strerror(errno) + "\n";
  (void)!write(STDERR_FILENO, why.data(), why.size());
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           const Environment& environment) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a child");
  std::fflush(nullptr);  // else the child would have our unwritten text too
  const pid_t parent = getpid();
  id_ = fork();
  if (id_ == 0) be_the_child(command, environment, ends[1], parent);
  close(ends[1]);
  words_ = ends[0];
  if (id_ < 0) {
    close(words_);
    throw std::runtime_error("no child process");
  }
  setpgid(id_, id_);  // both sides do: whoever comes first
}

ChildProcess::~ChildProcess() {
  end();
  close(words_);
}

std::string ChildProcess::read_words(int milliseconds) {
  std::string text;
  std::array<char, 65536> block;
  for (int wait = milliseconds;; wait = 0) {
    pollfd ready{words_, POLLIN, 0};
    if (poll(&ready, 1, wait) <= 0) return text;
    const ssize_t got = read(words_, block.data(), block.size());
    if (got <= 0) {
      // Nobody is left to speak; it may take a moment until the process has gone.
      if (text.empty() && !code_) usleep(1000);
      return text;
    }
    text.append(block.data(), static_cast<std::size_t>(got));
    constexpr std::size_t kEnough = 1U << 20;
    if (text.size() > kEnough) return text;
  }
}

std::optional<int> ChildProcess::ended() {
  if (code_) return code_;
  siginfo_t info{};
  const auto id = static_cast<id_t>(id_);
  // It stays unburied while its group is ended: until then nobody else can have its number.
  if (waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != id_) return {};
  kill(-id_, SIGKILL);
  int status = 0;
  rusage usage{};
  wait4(id_, &status, 0, &usage);
  cpu_seconds_ = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return code_;
}

void ChildProcess::interrupt() const {
  if (!code_) kill(-id_, SIGTERM);  // SIGINT is not heard by who waits in system()
}

void ChildProcess::end() {
  if (code_) return;
  kill(-id_, SIGKILL);
  while (!ended()) usleep(1000);
}

Run run_child(const std::vector<std::string>& command, const Environment& environment,
              double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  ChildProcess child(command, environment);
  Run run;
  for (;;) {
    run.words += child.read_words(50);
    if (const auto code = child.ended()) {
      run.words += child.read_words(0);
      run.code = *code;
      run.cpu_seconds = child.cpu_seconds();
      return run;
    }
    if (Clock::now() < end) continue;
    child.end();
    run.code = -1;
    return run;
  }
}

}  // namespace hobnail
