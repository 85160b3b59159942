// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The shared page.
#include "fuzz/targets/counters.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace hobnail {
namespace {

SharedCounters* map(const char* path, int flags) {
  const int file = open(path, flags | O_RDWR | O_CLOEXEC, 0644);
  if (file < 0) return nullptr;
  void* memory = MAP_FAILED;
  // A shorter file would end who counts by SIGBUS.
  constexpr auto kBytes = static_cast<off_t>(sizeof(SharedCounters));
  if ((flags & O_CREAT) == 0 ? lseek(file, 0, SEEK_END) >= kBytes : ftruncate(file, kBytes) == 0) {
    memory = mmap(nullptr, sizeof(SharedCounters), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }
  close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<SharedCounters*>(memory);
}

}  // namespace

SharedCounters* create_counters(const std::string& path) {
  return map(path.c_str(), O_CREAT | O_TRUNC);
}

SharedCounters* counters_of_environment() {
  const char* const path = std::getenv(kCountersVariable);
  return path == nullptr || *path == '\0' ? nullptr : map(path, 0);
}

void release_counters(SharedCounters* counters) {
  if (counters != nullptr) munmap(counters, sizeof *counters);
}

void count_known(SharedCounters& counters, std::size_t issue) {
  counters.known[issue < counters.known.size() ? issue : 0].fetch_add(1, std::memory_order_relaxed);
}

void count_noted(SharedCounters& counters, std::size_t issue) {
  counters.noted[issue < counters.noted.size() ? issue : 0].fetch_add(1, std::memory_order_relaxed);
}

void count_input(SharedCounters& counters, std::uint64_t ops) {
  constexpr std::uint64_t kLookEvery = 16;
  counters.ops.fetch_add(ops, std::memory_order_relaxed);
  const std::uint64_t before = counters.executions.fetch_add(1, std::memory_order_relaxed);
  if (before % kLookEvery != 0) return;
  const auto watcher = static_cast<pid_t>(counters.watcher.load(std::memory_order_relaxed));
  if (watcher != 0 && kill(watcher, 0) != 0 && errno == ESRCH) _exit(0);
}

}  // namespace hobnail
