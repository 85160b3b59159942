// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Last words: what is said when a target ends the process it runs in, by an access that
// AddressSanitizer or the processor stops, by a signal, or by not coming back. The finding is made
// at that moment, of the boot that is running, and told once.
//
//   report or signal --> whose memory is it? --> rule, op, evidence --> tell, then the process ends
//
// Invariant: nothing is told outside of a boot.
#pragma once

#include <string>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/rules/finding.h"

namespace pei::oracle {

// Told in a process that is about to end: from a signal handler, or from the sanitizer's. When
// `muted` is true, the rule is switched off.
using LastWords = void (*)(const Program& program, const Finding& finding, bool muted);

// Whose the signals are. An engine has handlers of its own, and sanitizers' death callback.
enum class Signals : std::uint8_t { Ours, Engines };

// From now on `tell` has the last word. To be called once in a process.
void tell_last_words(LastWords tell, Signals signals);

// A boot that takes longer than this of real time is a hang; 0: never. With Signals::Ours only.
void limit_boots(double seconds);

// While it lives, this boot is the one that last words are about.
class BootOnTrial {
 public:
  explicit BootOnTrial(const Boot& boot);
  ~BootOnTrial();
  BootOnTrial(const BootOnTrial&) = delete;
  BootOnTrial& operator=(const BootOnTrial&) = delete;
};

// An access of `boot`'s target to an address that is not its own.
[[nodiscard]] Finding accuse_access(const Boot& boot, std::uint64_t address, bool write);

}  // namespace pei::oracle
