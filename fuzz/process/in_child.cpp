// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A pool of one, and the words for its end.
#include "fuzz/process/in_child.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <exception>
#include <utility>

#include "fuzz/process/spawn.h"
#include "fuzz/process/worker_pool.h"

namespace hobnail {
namespace {

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("the process died: {}", strsignal(WTERMSIG(status)));
  return fmt::format("the process ended with {}", WEXITSTATUS(status));
}

}  // namespace

OwnProcess in_own_process(const std::function<std::string()>& work, double seconds) {
  OwnProcess result;
  const auto quiet_work = [&work](std::size_t) {
    discard(STDOUT_FILENO);
    discard(STDERR_FILENO);
    return work();
  };
  try {
    const auto take = [&](std::size_t, PoolAnswer answer) {
      if (answer.bytes) {
        result.answer = std::move(*answer.bytes);
      } else if (answer.too_long) {
        result.death = fmt::format("the process stopped, or took longer than {:g} s", seconds);
      } else {
        result.death = end_text(answer.status);
      }
    };
    in_pool(1, 1, quiet_work, take, seconds);
  } catch (const std::exception& error) {
    result.death = error.what();
  }
  return result;
}

}  // namespace hobnail
