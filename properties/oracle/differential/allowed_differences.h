// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What two correct targets may answer differently, each with its reason. The only such list.
#pragma once

#include <optional>
#include <string_view>

#include "properties/oracle/differential/boot_log.h"
#include "properties/oracle/differential/differential.h"

namespace pei::oracle {

// An op on both targets; what was asked is the same.
struct OpPair {
  const LoggedOp& one;
  const LoggedOp& other;
  Likeness likeness;
};

struct Allowed {
  std::string_view reason;
  bool goes_on = false;  // the state is the same still: comparing may go on
};

// The first entry that covers the difference; none: one of them is wrong.
[[nodiscard]] std::optional<Allowed> allowed_answers(const OpPair& pair);
// Where pages were placed, or what of memory is free after the call.
[[nodiscard]] std::optional<Allowed> allowed_places(const OpPair& pair);

}  // namespace pei::oracle
