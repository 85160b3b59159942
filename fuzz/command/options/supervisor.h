// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Supervisor: the command runs in a child of this process, because a target that is loaded may end,
// replace or stop the process that it runs in. The child writes its verdict into shared memory:
//
//   supervisor --fork--> command --> verdict, then the end
//              <-- shared memory: the verdict, the boot that runs, interrupts
//
// Invariant: no end of the child is a verdict; without one the exit code is not 0.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hobnail {

// Runs `command` and returns its exit code; or the exit code for a child that ended without one,
// after a line that tells what happened.
[[nodiscard]] int supervise(const std::function<int()>& command);

// In the command: the program that runs from now on.
void note_input(std::string_view name);
// Its name; cut where it is long, empty when there is none.
[[nodiscard]] std::string noted_input();

// Ends this process with a verdict, from a signal handler too.
[[noreturn]] void end_with_verdict(int code);
// The same with a text about a crash on standard output. The supervisor prints it, with symbols:
// this process may be unable to start another one.
[[noreturn]] void end_with_report(const std::string& text, int code);

}  // namespace hobnail
