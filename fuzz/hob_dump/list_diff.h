// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// list_diff: what differs between two lists, HOB by HOB, in the order of the lists.
//
//   - HOB 12 of the first list ...      is not in the second
//   + HOB 14 of the second list ...     is not in the first
//
// The PHIT is compared field by field. HOBs of the same bytes are the same, wherever they are.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

struct ListDiff {
  struct Line {
    char side = '-';        // '-': of the first list, '+': of the second, '~': a field of the PHIT
    std::size_t index = 0;  // of the HOB
    std::string text;
  };
  std::vector<Line> lines;
  std::size_t same = 0;  // HOBs that both have, without the PHIT
};

// Of two lists that can be walked to their END HOBs.
[[nodiscard]] ListDiff list_diff(const oracle::HobView& first, const oracle::HobView& second);
// The fields of the PHITs that differ.
[[nodiscard]] std::vector<ListDiff::Line> phit_diff(const oracle::HobView& first,
                                                    const oracle::HobView& second);
[[nodiscard]] std::string diff_text(const ListDiff& diff);
[[nodiscard]] nlohmann::json diff_json(const ListDiff& diff);

}  // namespace hobnail
