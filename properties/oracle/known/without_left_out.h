// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The program that a steered boot has run: without the ops that were left out (issue_filter.h), so
// that it shows its finding without a filter.
//
// Invariant: every op that stays asks for the same. A name of a result that is gone was address 0
// in the boot, and is an address in the program.
#pragma once

#include <cstddef>
#include <span>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// `left_out`: indices of ops, in ascending order (Outcome::left_out).
[[nodiscard]] Program without_left_out(const Program& program,
                                       std::span<const std::size_t> left_out);

// The index in that program of the op that has this index in `program`.
[[nodiscard]] std::size_t index_without(std::size_t op, std::span<const std::size_t> left_out);

}  // namespace hobnail::oracle
