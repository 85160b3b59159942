// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The exit codes of every command.
#pragma once

namespace hobnail {

inline constexpr int kNothingFound = 0;
inline constexpr int kFindings = 1;
inline constexpr int kCannotWork = 2;   // usage or environment
inline constexpr int kInterrupted = 3;  // by a signal, with no findings so far

}  // namespace hobnail
