// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail enumerate: every program of a small domain on a target. The command itself is
// add_enumerate_command() of fuzz/command/commands.h.
#pragma once

#include <string>

#include "fuzz/command/enumerate/enumeration_run.h"
#include "fuzz/command/options/known_options.h"

namespace hobnail {

struct EnumerateOptions {
  EnumerationPlan plan;
  KnownOptions known;
  std::string part;  // I/N; empty: all
  std::string out = "out/enumerate";
  std::string json;
};

// Returns an exit code.
[[nodiscard]] int enumerate(EnumerateOptions& options);

}  // namespace hobnail
