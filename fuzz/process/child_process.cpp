// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A process group of its own: an engine starts children, which are reached through it. Ctrl-C on a
// terminal goes to our group only; the campaign interrupts the others.
#include "fuzz/process/child_process.h"

#include <poll.h>
#include <sys/mman.h>
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

#include "fuzz/process/spawn.h"
#include "properties/oracle/isolation/write_all.h"

namespace hobnail {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// A file without a name that holds the text, and is read from its start.
int text_as_file(const std::string& text) {
  const int file = memfd_create("hobnail-input", MFD_CLOEXEC);
  if (file < 0) throw std::runtime_error("no memory for a child's input");
  if (!oracle::write_all(file, text.data(), text.size()) || lseek(file, 0, SEEK_SET) != 0) {
    close(file);
    throw std::runtime_error("no memory for a child's input");
  }
  return file;
}

void be_the_child(const std::vector<std::string>& command, const Environment& environment,
                  int input, int output, int output_stream) {
  setpgid(0, 0);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) discard(stream);
  if (input >= 0) redirect(input, STDIN_FILENO);
  redirect(output, output_stream);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  execute(command);
  const std::string why = command.front() + ": " + std::strerror(errno) + "\n";
  (void)!write(STDERR_FILENO, why.data(), why.size());
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const Environment& environment,
                           const ChildStreams& streams) {
  const int input = streams.input.empty() ? -1 : text_as_file(streams.input);
  const PipeEnds output = open_pipe();
  // The rest of the group sees by its counters that we are gone (fuzz/targets/counters.h).
  id_ = fork_child([&] {
    be_the_child(command, environment, input, output.write,
                 streams.output ? STDOUT_FILENO : STDERR_FILENO);
  });
  if (input >= 0) close(input);
  close(output.write);
  output_ = output.read;
  setpgid(id_, id_);  // both sides do: whoever comes first
}

ChildProcess::~ChildProcess() {
  end();
  close(output_);
}

std::string ChildProcess::read_output(int milliseconds) {
  std::string text;
  std::array<char, 65536> block;
  for (int wait = milliseconds;; wait = 0) {
    pollfd ready{output_, POLLIN, 0};
    if (poll(&ready, 1, wait) <= 0) return text;
    const ssize_t got = read(output_, block.data(), block.size());
    if (got <= 0) {
      // No writer is left; it may take a moment until the process has gone.
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
  // It stays unburied while its group is ended: until then no other process can have its number.
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
  if (!code_) kill(-id_, SIGTERM);  // a process in system() ignores SIGINT
}

void ChildProcess::end() {
  if (code_) return;
  kill(-id_, SIGKILL);
  while (!ended()) usleep(1000);
}

Run run_child(const std::vector<std::string>& command, const Environment& environment,
              double seconds, const ChildStreams& streams) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  ChildProcess child(command, environment, streams);
  Run run;
  for (;;) {
    run.output += child.read_output(50);
    if (const auto code = child.ended()) {
      run.output += child.read_output(0);
      run.code = *code;
      run.cpu_seconds = child.cpu_seconds();
      return run;
    }
    if (Clock::now() < end) continue;
    child.end();
    run.code = kTookTooLong;
    return run;
  }
}

}  // namespace hobnail
