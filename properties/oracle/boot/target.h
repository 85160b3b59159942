// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which target is driven: the built-in one (our core), or a shared object that exports
// hobnail_get_target. The harness knows a target only through the ABI.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/board/board_set.h"

namespace hobnail::oracle {

struct TargetError {
  std::string message;  // one line: what is wrong with which file, and what would be right
};

// Loads the target at `path`, or the built-in one when `path` is empty. The shared object stays
// loaded for the life of the process. Refused: a file that cannot be loaded, that lacks the symbol,
// that answers NULL, an ABI version other than 1 and 2, a smaller table, no entry function, or a
// granularity that is not a power of two of at least 4096.
[[nodiscard]] std::variant<const hobnail_target*, TargetError> load_target(const std::string& path);

// The same, with the path from the environment variable HOBNAIL_TARGET (unset or empty: built-in).
[[nodiscard]] std::variant<const hobnail_target*, TargetError> load_target_from_environment();

// What the board needs and the target, by its own account, lacks; empty when it lacks nothing.
[[nodiscard]] std::string_view unsupported(const hobnail_target& target, const BoardProfile& board);

// Those of `chosen` that the target supports. Not a matter of the build: a seed means the same
// programs in all, and those of a board that a build cannot map are skipped.
[[nodiscard]] BoardSet usable_boards(const hobnail_target& target, BoardSet chosen);

// The boards that the environment variable HOBNAIL_BOARDS names (board_set.h); unset: all.
[[nodiscard]] std::variant<BoardSet, BoardSetError> boards_of_environment();

}  // namespace hobnail::oracle
