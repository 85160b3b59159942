// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Program arguments: files and directories of a command line, read as programs.
//
// Invariant: what is returned is all that was named; else a UsageError says which file is at fault.
#pragma once

#include <string>
#include <vector>

#include "fuzz/inputs/program_file.h"

namespace hobnail {

[[nodiscard]] std::vector<ProgramFile> programs_of(const std::vector<std::string>& arguments);

}  // namespace hobnail
