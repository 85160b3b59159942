// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail hobs --scan`, `--diff` and `--series`: lists in images of memory, and lists against each
// other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/hob_dump/rebuild/program.h"

namespace hobnail {

struct ScanOptions {
  std::vector<std::string> files;
  std::uint64_t base = 0;  // the address of an image's first byte
  std::string out;         // folder for the lists that are found; empty: none
  std::string json;
  bool quiet = false;
};

// The exit code: 0 all lists are in order, 1 one is not. Throws UsageError where there is no list.
int scan_images(const ScanOptions& options);

// Each list against the one before it. The exit code: 0 no difference, 1 one. Throws UsageError for
// what is no list.
int diff_lists(const std::vector<std::string>& paths, const std::vector<HobFile>& files,
               const std::string& json, bool quiet);

// Each list as the next state of the boot that made the one before it. The exit code: 0 all have
// grown as lists do, 1 one has not. Throws UsageError for what is no list.
int follow_lists(const std::vector<std::string>& paths, const std::vector<HobFile>& files,
                 const std::string& json, bool quiet);

}  // namespace hobnail
