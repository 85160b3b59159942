// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// KeptFindings: the files of the findings of a long run, for one triage at its end.
//
// Invariant: of findings that look alike, the first 16 are kept, and later ones that are shorter
// than the longest.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/inputs/crash_inputs.h"

namespace hobnail {

class KeptFindings {
 public:
  // False: there are enough of this look, and shorter ones.
  [[nodiscard]] bool wants(const std::string& look, std::size_t ops);
  void add(std::string file, const std::string& look, std::size_t ops);

  // The shortest of each look, then the second of each, and so on: a triage that ends early has run
  // every look.
  [[nodiscard]] std::vector<Input> inputs() const;

 private:
  using Sized = std::pair<std::size_t, std::string>;  // ops and file

  std::map<std::string, std::vector<std::size_t>> sizes_;
  std::map<std::string, std::vector<Sized>> files_;
};

}  // namespace hobnail
