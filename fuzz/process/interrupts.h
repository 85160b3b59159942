// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SIGINT, SIGTERM and SIGHUP: a command that watches for them ends with what it has; any other ends
// at once. The second one ends every command at once.
//
// Invariant: a signal that the supervisor receives reaches each process of the command.
#pragma once

namespace hobnail {

struct Supervised;

void watch_for_interrupts();
[[nodiscard]] bool interrupted();
// What comes after a part that was interrupted is not.
void forget_interrupts();

// For the supervisor: where it writes that it has received one.
void take_interrupts_from(Supervised* shared);

}  // namespace hobnail
