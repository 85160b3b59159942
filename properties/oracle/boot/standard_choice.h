// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which standard judges: the one that is named, else HOBNAIL_STANDARD, else the target's default.
// The default is strict for Hobnail's core and pi for every other target.
#pragma once

#include <string>
#include <variant>

#include "properties/oracle/rules/standard.h"

namespace hobnail::oracle {

struct StandardError {
  std::string message;  // one line: the value, and the values that there are
};

// The default of the target at `path`, of an empty one that of HOBNAIL_TARGET; `built_in`: without
// either.
[[nodiscard]] Standard default_standard(const std::string& path,
                                        Standard built_in = Standard::Strict);

// `named`: a name, or empty.
[[nodiscard]] std::variant<Standard, StandardError> choose_standard(const std::string& named,
                                                                    Standard fallback);

}  // namespace hobnail::oracle
