// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The text of a choice of names, as environment variables and reports hold it: "a,b" for these
// only, "-a,-b" for all but these.
//
// Law: choice_of(choice_text(c)) == c for names without a comma that do not begin with a dash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hobnail::oracle {

struct Choice {
  std::vector<std::string> only;     // empty: all
  std::vector<std::string> without;  // of those
};

// Empty names do not count.
[[nodiscard]] Choice choice_of(std::string_view text);
[[nodiscard]] std::string choice_text(const std::vector<std::string>& only,
                                      const std::vector<std::string>& without);

}  // namespace hobnail::oracle
