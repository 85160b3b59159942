// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What happens when the core itself is wrong: PEI_ASSERT, on in every build. It is never a status,
// because a status is an answer to the caller, and the caller has done nothing.
//
// Invariant: pei::panic is the only function that the core needs from its embedder, besides the
// four memory routines that a compiler may call by itself.
#pragma once

namespace pei {

// Supplied by the embedder; must not return.
//   file, line  where the assertion stands
//   what        the condition that does not hold, as written
[[noreturn]] void panic(const char* file, int line, const char* what);

}  // namespace pei

// Ends the boot when `condition` does not hold. Evaluates it exactly once, in every build.
#define PEI_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::pei::panic(__FILE__, __LINE__, #condition))
