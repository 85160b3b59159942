// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which target is driven: the built-in one (our core), or a shared object that exports
// hobnail_get_target. The harness knows a target only through the ABI.
#pragma once

#include <string>
#include <variant>

#include "properties/abi/hobnail_target.h"

namespace pei::oracle {

struct TargetError {
  std::string message;  // one line: what is wrong with which file, and what would be right
};

// Loads the target at `path`, or the built-in one when `path` is empty. The shared object stays
// loaded for the life of the process. Refused: a file that cannot be loaded, that lacks the symbol,
// that answers NULL, another ABI version, a smaller table, no entry function, or a granularity that
// is not a power of two of at least 4096.
[[nodiscard]] std::variant<const hobnail_target*, TargetError> load_target(const std::string& path);

// The same, with the path from the environment variable HOBNAIL_TARGET (unset or empty: built-in).
[[nodiscard]] std::variant<const hobnail_target*, TargetError> load_target_from_environment();

}  // namespace pei::oracle
