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

// A boot that takes longer than this of real time is a hang: SIGALRM, which the crash reporter
// takes with Signals::Ours. 0: no limit.
void limit_boots(double seconds);
[[nodiscard]] double boot_limit();

}  // namespace hobnail::oracle
