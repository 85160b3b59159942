// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/command/kept_findings.h"

#include <algorithm>

namespace hobnail {
namespace {

struct RankedFile {
  std::size_t rank = 0;  // among those of its look, by length
  std::string look;
  std::string file;

  friend auto operator<=>(const RankedFile&, const RankedFile&) = default;
};

}  // namespace

bool KeptFindings::wants(const std::string& look, std::size_t ops) {
  constexpr std::size_t kMax = 16;
  std::vector<std::size_t>& sizes = sizes_[look];
  if (sizes.size() >= kMax && ops >= *std::max_element(sizes.begin(), sizes.end())) return false;
  sizes.push_back(ops);
  return true;
}

void KeptFindings::add(std::string file, const std::string& look, std::size_t ops) {
  files_[look].emplace_back(ops, std::move(file));
}

std::vector<Input> KeptFindings::inputs() const {
  std::vector<RankedFile> ranked;
  for (const auto& [look, files] : files_) {
    std::vector<Sized> sorted = files;
    std::sort(sorted.begin(), sorted.end());
    std::size_t rank = 0;
    for (const auto& [ops, file] : sorted) ranked.push_back({rank++, look, file});
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<Input> inputs;
  for (const RankedFile& one : ranked) {
    for (Input& input : read_inputs({one.file})) {
      input.likeness = one.look;
      inputs.push_back(std::move(input));
    }
  }
  return inputs;
}

}  // namespace hobnail
