// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// fork, exec, wait.
#include "fuzz/process/spawn.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>

#include "properties/oracle/boot/current_boot.h"

namespace hobnail {

PipeEnds open_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error(fmt::format("no pipe for a child: {}", std::strerror(errno)));
  }
  return {ends[0], ends[1]};
}

pid_t fork_child(const std::function<void()>& work, int death_signal) {
  std::fflush(nullptr);  // or the child would print our buffered text again
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) {
    throw std::runtime_error(fmt::format("no child process: {}", std::strerror(errno)));
  }
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, death_signal);
  oracle::report_progress_to(nullptr);  // that of its parent
  if (getppid() != parent) _exit(127);  // the parent died before the line above
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hobnail: %s\n", error.what());
    _exit(2);
  }
  _exit(0);
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

void kill_and_wait(pid_t child, int signal) {
  kill(child, signal);
  wait_for(child);
}

void redirect(int from, int to) { dup2(from, to); }

void discard(int to) {
  if (const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) dup2(nowhere, to);
}

void execute(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::fflush(nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(number, SIG_DFL);
  execvp(arguments[0], arguments.data());
}

std::string signal_name(int number) {
  const char* const name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace hobnail
