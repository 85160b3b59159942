// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Targets that write where they must not, unseen by AddressSanitizer, as targets do that were built
// without it: a byte, once, in a call that has nothing to do with the place.
#pragma once

#include <span>
#include <string_view>

#include "properties/oracle/program/program.h"
#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {

struct WritingFault {
  std::string_view name;     // what is written over, as an identifier
  std::string_view rules;    // those that may report it, separated by spaces
  std::string_view program;  // a boot that meets it, of our core's addresses
  wrapped::Changes changes;
};

[[nodiscard]] std::span<const WritingFault> writing_faults();

}  // namespace hobnail::oracle
