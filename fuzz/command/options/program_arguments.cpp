// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/command/options/program_arguments.h"

#include "fuzz/command/options/usage_error.h"

namespace hobnail {

std::vector<ProgramFile> programs_of(const std::vector<std::string>& arguments) {
  std::vector<ProgramFile> files;
  for (const auto& path : value_of(expand_inputs(arguments))) {
    files.push_back(value_of(read_program(path)));
  }
  return files;
}

}  // namespace hobnail
