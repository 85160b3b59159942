// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Paths as people read them.
#include "fuzz/campaign/fuzz_target.h"

#include <system_error>

namespace hobnail {

namespace fs = std::filesystem;

std::string shown(const fs::path& path) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  const fs::path near = whole.lexically_relative(here);
  return near.empty() || near.native().starts_with("..") ? whole.native() : near.native();
}

fs::path own_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace hobnail
