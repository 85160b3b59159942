// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parts of the table put together, and read from the rules' side.
#include "properties/oracle/rules/traceability.h"

#include <fmt/format.h>

#include <algorithm>

namespace pei::oracle {

std::span<const std::string_view> Invariant::rule_ids() const {
  const auto end = std::find(rules.begin(), rules.end(), std::string_view{});
  return {rules.begin(), static_cast<std::size_t>(end - rules.begin())};
}

const std::vector<Invariant>& invariants() {
  static const std::vector<Invariant> all = [] {
    std::vector<Invariant> rows;
    for (const auto& some : {part::of_the_list(), part::of_pages(), part::of_the_migration(),
                             part::of_the_hand_off()}) {
      rows.insert(rows.end(), some.begin(), some.end());
    }
    return rows;
  }();
  return all;
}

std::string_view cover_name(Cover cover) {
  switch (cover) {
    case Cover::Whole:
      return "whole";
    case Cover::Part:
      return "part";
    case Cover::Elsewhere:
      return "elsewhere";
    case Cover::Open:
      return "open";
  }
  return "";
}

std::vector<std::uint32_t> invariants_of(std::string_view rule) {
  std::vector<std::uint32_t> numbers;
  for (const Invariant& invariant : invariants()) {
    const auto ids = invariant.rule_ids();
    if (std::find(ids.begin(), ids.end(), rule) != ids.end()) numbers.push_back(invariant.number);
  }
  return numbers;
}

std::string numbers_text(std::span<const std::uint32_t> numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (last == i + 1) last = i;  // two are not a range
    text += fmt::format("{}I{}", text.empty() ? "" : ", ", numbers[i]);
    if (last != i) text += fmt::format(" to I{}", numbers[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace pei::oracle
