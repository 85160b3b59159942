// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The current boot: the one that runs in this process. A target's stop(), SEC's PPIs and signal
// handlers have no argument that would name a boot; they find it here.
//
//   ScopedCurrentBoot a        current: a
//     ScopedCurrentBoot b      current: b
//                              current: a
//
// Invariant: a scope restores the boot that ran before it. All boots run on one thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hobnail::oracle {

struct Boot;

// nullptr outside of a boot.
[[nodiscard]] Boot* current_boot();

// While it lives, `boot` is the current one, and its time is limited.
class ScopedCurrentBoot {
 public:
  explicit ScopedCurrentBoot(Boot& boot);
  ~ScopedCurrentBoot();
  ScopedCurrentBoot(const ScopedCurrentBoot&) = delete;
  ScopedCurrentBoot& operator=(const ScopedCurrentBoot&) = delete;

 private:
  Boot* outer_;
};

// While it lives, a consumer reads a HOB list, which counts as a boot: its time is limited, and a
// process that ends meanwhile is a finding.
class ScopedListReading {
 public:
  ScopedListReading();
  ~ScopedListReading();
  ScopedListReading(const ScopedListReading&) = delete;
  ScopedListReading& operator=(const ScopedListReading&) = delete;
};

// An op that takes longer than this of processor time is a hang, and so is a boot that takes
// kBootLimitInOps times as long: a list of thousands of HOBs may cost a core seconds in all. 0: no
// limit. While a boot runs, SIGPROF ticks; the crash reporter handles it with Signals::Ours. A
// process that is stopped or starved does not hang.
//
//   ticks    | . . . . | . . . . | . . . .      four in the limit
//   ops      0     1 2 3 ---------------->      op 3 exceeds it at the fifth tick that finds it
inline constexpr unsigned kBootLimitInOps = 20;
void limit_time(double seconds);
struct ExceededLimit {
  double seconds = 0;  // 0: none is exceeded
  bool of_op = true;   // else of the boot
};
// For the handler, at each tick. Async-signal-safe.
[[nodiscard]] ExceededLimit exceeded_limit();

// What the parent of this process reads of its boots when the process can no longer report: in
// memory that both share.
struct BootProgress {
  std::uint64_t boots = 0;    // that have begun
  std::uint64_t running = 0;  // 1: a boot runs
  std::uint64_t loading = 0;  // 1: a target or a consumer is being loaded
  std::uint64_t list = 0;     // 1: what runs is no boot; a consumer reads a HOB list
  std::uint64_t op = 0;       // index of the op that runs, of the boot
  std::uint64_t in_op = 0;    // 1: an op has begun; 0: the cold entry
  double limit = 0;           // seconds of an op, or of reading a list
};

// From now on progress is written to `shared`; nullptr: to none.
void report_progress_to(BootProgress* shared);
void note_op(std::size_t op);
void note_loading(bool loading);

}  // namespace hobnail::oracle
