// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The names of the standards.
#include "properties/oracle/rules/standard.h"

namespace hobnail::oracle {

std::string_view standard_name(Standard standard) {
  return standard == Standard::Pi ? "pi" : "strict";
}

std::optional<Standard> parse_standard(std::string_view name) {
  for (const Standard standard : {Standard::Pi, Standard::Strict}) {
    if (name == standard_name(standard)) return standard;
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
