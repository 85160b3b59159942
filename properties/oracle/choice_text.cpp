// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Commas and dashes.
#include "properties/oracle/choice_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace hobnail::oracle {

Choice choice_of(std::string_view text) {
  Choice choice;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view name = text.substr(0, comma);
    if (name.starts_with('-')) {
      choice.without.emplace_back(name.substr(1));
    } else if (!name.empty()) {
      choice.only.emplace_back(name);
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return choice;
}

std::string choice_text(const std::vector<std::string>& only,
                        const std::vector<std::string>& without) {
  std::string text = fmt::format("{}", fmt::join(only, ","));
  for (const std::string& name : without) text += (text.empty() ? "-" : ",-") + name;
  return text;
}

}  // namespace hobnail::oracle
