// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Crash report: the finding of a target that terminates its process, by an access that
// AddressSanitizer or the processor stops, by a signal, or by not returning. The finding is made at
// that moment, for the running boot, and reported once.
//
//   report or signal --> owner of the memory --> rule, op, evidence --> tell, then the process ends
//
// Invariant: nothing is reported outside of a boot.
#pragma once

#include <string>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail::oracle {

// Called in a process that is about to end: from a signal handler, or from the sanitizer's. When
// `muted` is true, the rule is disabled.
using CrashCallback = void (*)(const Program& program, const Finding& finding, bool muted);

// Who handles signals. An engine has handlers of its own, and sanitizers' death callback.
enum class Signals : std::uint8_t { Ours, Engines };

// From now on `tell` gets the crash report. To be called once in a process.
void install_crash_reporter(CrashCallback tell, Signals signals);

// A boot that takes longer than this of real time is a hang; 0: never. With Signals::Ours only.
void limit_boots(double seconds);

// While it lives, this boot is the subject of crash reports.
class ScopedCurrentBoot {
 public:
  explicit ScopedCurrentBoot(const Boot& boot);
  ~ScopedCurrentBoot();
  ScopedCurrentBoot(const ScopedCurrentBoot&) = delete;
  ScopedCurrentBoot& operator=(const ScopedCurrentBoot&) = delete;
};

// An access of `boot`'s target to an address that is not its own.
[[nodiscard]] Finding attribute_access(const Boot& boot, std::uint64_t address, bool write);

}  // namespace hobnail::oracle
