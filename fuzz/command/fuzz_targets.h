// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The fuzz targets of a build: those that its list names, and those of them that can run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/campaign/fuzz_target.h"

namespace hobnail {

// The list of the fuzz targets in `bin`, and all that it names; empty when there is no list.
[[nodiscard]] std::filesystem::path fuzz_target_list(const std::filesystem::path& bin);
[[nodiscard]] std::vector<FuzzTarget> listed_fuzz_targets(const std::filesystem::path& bin);

// Those of these names, all when there are no names. Throws UsageError for an unknown name, and
// when there is no list.
[[nodiscard]] std::vector<FuzzTarget> fuzz_targets_of(const std::vector<std::string>& names,
                                                      const std::filesystem::path& bin);

// Those that have something to run; the others are reported. `named`: on the command line, so that
// each must. `core`: the shared object under test, or empty. Throws UsageError.
[[nodiscard]] std::vector<FuzzTarget> runnable(std::vector<FuzzTarget> targets, bool named,
                                               const std::string& core);

}  // namespace hobnail
