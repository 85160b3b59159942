// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SeriesStep: how a HOB list has grown between two dumps of one boot.
//
//   first    PHIT | a | b | c | END
//   second   PHIT | a | B | - | d | e | END      b changed, c is UNUSED, d and e were appended
//
// HOBs are only appended: each keeps its place, its length and its type. Pages that are freed may
// leave an UNUSED HOB behind, and pages that are allocated may take one.
//
// Invariant: both lists can be walked to their END HOBs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/hob_dump/list_diff.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct SeriesStep {
  struct Violation {
    std::string_view rule;
    std::size_t index = 0;  // of the HOB in the first list
    std::string text;
  };
  std::uint64_t from = 0;  // where the PHITs say that the lists are
  std::uint64_t to = 0;
  std::vector<ListDiff::Line> lines;  // '~': a field of the PHIT (index 0) or a HOB; '+': appended
  std::size_t same = 0;               // HOBs of both, without the PHIT
  std::size_t changed = 0;
  std::size_t appended = 0;
  std::vector<Violation> violations;
};

[[nodiscard]] SeriesStep series_step(const oracle::HobView& first, const oracle::HobView& second);
[[nodiscard]] std::string series_text(const SeriesStep& step);
[[nodiscard]] nlohmann::json series_json(const SeriesStep& step);

}  // namespace hobnail
