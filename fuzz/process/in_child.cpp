// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// fork, and a pipe for the answer. What the work prints goes nowhere: a sanitizer's report of a
// death that was to be expected would drown the table.
#include "fuzz/process/in_child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace hobnail {
namespace {

[[noreturn]] void be_the_child(int to, const std::function<std::string()>& work) {
  if (const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  const std::string answer = work();
  for (std::size_t done = 0; done < answer.size();) {
    const ssize_t written = write(to, answer.data() + done, answer.size() - done);
    if (written <= 0) _exit(1);
    done += static_cast<std::size_t>(written);
  }
  _exit(0);
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t got = read(from, buffer.data(), buffer.size());
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

std::string death_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFSIGNALED(status)) return fmt::format("the process died: {}", strsignal(WTERMSIG(status)));
  return fmt::format("the process ended with {}", WEXITSTATUS(status));
}

}  // namespace

OwnProcess in_own_process(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {{}, "no pipe can be had"};
  std::fflush(nullptr);  // else the child would have our unwritten text too
  const pid_t child = fork();
  if (child == 0) be_the_child(ends[1], work);
  close(ends[1]);
  OwnProcess result;
  result.answer = read_all(ends[0]);
  close(ends[0]);
  if (child < 0) return {{}, "no process can be had"};
  int status = 0;
  if (waitpid(child, &status, 0) != child) return {{}, "the process was lost"};
  result.death = death_of(status);
  return result;
}

}  // namespace hobnail
