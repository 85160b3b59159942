// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Crash reporter: the finding of a boot whose target ends the process, by an access that
// AddressSanitizer or the processor stops, by a signal, or by a hang. It is made at that moment, of
// the current boot, and reported once.
//
//   report or signal --> whose memory is it? --> rule, op, evidence --> callback, then the end
//
// The handlers format and allocate, which a signal handler must not; they run in a process that
// ends anyway, and an alarm ends it when they hang.
//
// Invariant: nothing is reported outside of a boot.
#pragma once

#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail::oracle {

// Called in a process that is about to end: from a signal handler, or from the sanitizer's. When
// `suppressed` is true, the rule is disabled.
using CrashCallback = void (*)(const Program& program, const Finding& finding, bool suppressed);

// Who handles signals. An engine has handlers of its own, and sanitizers' death callback.
enum class Signals : std::uint8_t { Ours, Engines };

// From now on `callback` gets the finding of a crash. To be called once in a process.
void install_crash_reporter(CrashCallback callback, Signals signals);

// For the callback: the consumer runs, not the target.
[[nodiscard]] bool is_in_consumer();

}  // namespace hobnail::oracle
