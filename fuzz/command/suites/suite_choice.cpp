// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names of suites and claims.
#include "fuzz/command/suites/suite_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/command/options/usage_error.h"

namespace hobnail {
namespace {

using oracle::Claim;
using oracle::full_name;

bool is_of(const Claim& claim, const std::string& name) {
  return name == "all" || name == claim.suite || name == full_name(claim);
}

std::string suite_names() {
  std::string names;
  std::string_view last;
  for (const Claim& claim : oracle::claims()) {
    if (claim.suite == last) continue;
    last = claim.suite;
    names += fmt::format("{}, ", last);
  }
  return names + "all";
}

}  // namespace

ClaimList chosen_claims(const std::vector<std::string>& names, oracle::Standard standard) {
  const std::span<const Claim> all = oracle::claims();
  for (const std::string& name : names) {
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Claim& claim) { return is_of(claim, name); });
    if (!known) {
      throw UsageError(fmt::format(
          "suite '{}' is unknown; there are {}; run `hobnail check --suite list` for the claims",
          name, suite_names()));
    }
  }
  ClaimList chosen;
  for (const Claim& claim : all) {
    const bool named = std::any_of(names.begin(), names.end(),
                                   [&](const std::string& name) { return is_of(claim, name); });
    if (named && is_checked(claim, standard)) chosen.push_back(&claim);
  }
  if (chosen.empty()) {
    throw UsageError(fmt::format("no claim of --suite is checked under --standard {}",
                                 oracle::standard_name(standard)));
  }
  return chosen;
}

std::string claims_text() {
  std::string text;
  for (const Claim& claim : oracle::claims()) {
    text += fmt::format("{:<22} {:<7} {} ({})\n", full_name(claim),
                        oracle::standard_name(claim.standard), claim.title, claim.clause);
  }
  return text;
}

}  // namespace hobnail
