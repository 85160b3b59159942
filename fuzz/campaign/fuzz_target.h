// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FuzzTarget: a fuzz target of the build, and what its inputs are.
#pragma once

#include <filesystem>
#include <string>

namespace hobnail {

struct FuzzTarget {
  std::string name;  // services_fuzz
  std::filesystem::path binary;
  bool boots = true;       // its inputs are programs
  bool lists = false;      // they are HOB lists; else bytes of its own
  bool completes = false;  // it runs each boot to its end
  bool compares = false;   // what it finds are differences between two targets
  bool ours = true;        // built with the target that this program has
};

// As one would type it from here: relative when it lies below the working directory.
[[nodiscard]] std::string shown(const std::filesystem::path& path);
// The directory that this program lies in.
[[nodiscard]] std::filesystem::path own_folder();

}  // namespace hobnail
