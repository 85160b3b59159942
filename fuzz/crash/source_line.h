// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line of the target's source.
#pragma once

#include <string>

namespace hobnail {

struct SourceLine {
  std::string file;   // as the target's compiler was given it
  unsigned line = 0;  // from 1; 0: unknown
};

}  // namespace hobnail
