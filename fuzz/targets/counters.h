// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Counts of executions and ops, in a file that fuzz targets share with the process that started
// them. An engine that forks reports nothing for its children.
//
// Invariant: counting never changes what an input does; without a file it costs one comparison.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace hobnail {

// Names the file. Whoever sets it has made the file, of sizeof(SharedCounters) zeros.
inline constexpr const char* kCountersVariable = "HOBNAIL_COUNTERS";

struct SharedCounters {
  alignas(8) std::atomic<std::uint64_t> executions;  // inputs that ran to their end
  alignas(8) std::atomic<std::uint64_t> ops;         // that reached the target under test
  alignas(8) std::atomic<std::uint64_t> watcher;     // process that reads them; 0: none
  // Boots that ended in each known issue, by its number in the file; [0]: in those behind the last.
  std::array<std::atomic<std::uint64_t>, 64> known;
  // Boots that noted it and went on.
  std::array<std::atomic<std::uint64_t>, 64> noted;
};
static_assert(sizeof(SharedCounters) == 24 + 2 * 64 * 8,
              "processes of both widths may share a file");
// A 32-bit compiler does not promise it, because a plain uint64_t may lie at a multiple of 4; at
// one of 8, as here, cmpxchg8b does it, and a program that needed locks would not link (libatomic).
static_assert(sizeof(void*) == 4 || std::atomic<std::uint64_t>::is_always_lock_free,
              "a lock is not shared");

// Makes the file anew, all counts 0. Null when it cannot be had.
[[nodiscard]] SharedCounters* create_counters(const std::string& path);
// The file of the environment. Null when there is none.
[[nodiscard]] SharedCounters* counters_of_environment();
// From now on no caller reads them through `counters`.
void release_counters(SharedCounters* counters);

// A boot has ended in the known issue of this number, from 1.
void count_known(SharedCounters& counters, std::size_t issue);
// A boot has noted it, and went on.
void count_noted(SharedCounters& counters, std::size_t issue);

// An input has made so many ops. Now and then it looks whether the watcher still lives, and ends
// the process when it does not: nothing else would.
void count_input(SharedCounters& counters, std::uint64_t ops);

}  // namespace hobnail
