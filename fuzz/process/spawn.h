// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The one place of the tool that forks and executes; the other files of this folder stand on it.
// (The oracle isolates boots by itself: properties/oracle/isolation/subprocess.h.)
//
// Invariant: a child dies with its parent, and never returns into the code that forked it.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <string>
#include <vector>

namespace hobnail {

struct PipeEnds {
  int read = -1;
  int write = -1;
};

// Both ends are closed by exec. Throws std::runtime_error when the system has no pipe left.
[[nodiscard]] PipeEnds open_pipe();

// Runs `work` in a child, which exits with 0 when `work` returns, with 2 and a line on stderr when
// it throws, and gets `death_signal` when its parent dies. Throws std::runtime_error when there is
// no child.
[[nodiscard]] pid_t fork_child(const std::function<void()>& work, int death_signal = SIGKILL);

// waitpid's status of a child, which has ended or is about to.
int wait_for(pid_t child);
// Kills it, and waits.
void kill_and_wait(pid_t child, int signal = SIGKILL);

// To be called in a child: the descriptor `to` becomes `from`, or /dev/null.
void redirect(int from, int to);
void discard(int to);

// Replaces this process by a program, looked up in PATH; default handlers for the signals that this
// tool catches. Returns only on failure, with errno.
void execute(const std::vector<std::string>& command);

// "SIGSEGV", or "signal 42".
[[nodiscard]] std::string signal_name(int number);

}  // namespace hobnail
