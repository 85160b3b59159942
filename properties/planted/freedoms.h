// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Freedoms: targets that do what PI leaves to a core, and that our core and EDK II do not do. Each
// has a boot in which it takes its freedom. Under Standard::Pi none may have a finding; under
// Standard::Strict most have one.
#pragma once

#include <span>
#include <string_view>

#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

struct Freedom {
  std::string_view what;  // the target ...
  wrapped::Changes changes;
  std::string_view program;
  std::string_view strict{};  // the rule that Standard::Strict reports; empty: none
};

[[nodiscard]] std::span<const Freedom> freedoms();

}  // namespace hobnail::oracle
