// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The parts of the table put together, and read from the rules' side.
#include "properties/oracle/rules/traceability.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {

std::vector<std::string_view> Invariant::rule_ids() const {
  std::vector<std::string_view> ids;
  for (const RuleId rule : rules) ids.push_back(rule_name(rule));
  return ids;
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

std::vector<std::uint32_t> invariants_of(RuleId rule) {
  std::vector<std::uint32_t> numbers;
  for (const Invariant& invariant : invariants()) {
    const RuleList& held_by = invariant.rules;
    if (std::find(held_by.begin(), held_by.end(), rule) == held_by.end()) continue;
    numbers.push_back(invariant.number);
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

}  // namespace hobnail::oracle
