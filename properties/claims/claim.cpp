// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The table of claims, of all nouns, and one trial.
#include "properties/claims/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "properties/claims/layouts.h"
#include "properties/claims/metamorphic.h"
#include "properties/claims/migration.h"
#include "properties/claims/pages.h"
#include "properties/claims/pool.h"
#include "properties/claims/services.h"
#include "properties/claims/shapes.h"
#include "properties/claims/window.h"

namespace hobnail::oracle {

std::string full_name(const Claim& claim) { return fmt::format("{}.{}", claim.suite, claim.name); }

Program shaped(const Claim& claim, Program program, Standard standard) {
  if (claim.range == Range::PeiOnly) program = within_pei(std::move(program));
  return claim.shape != nullptr ? claim.shape(std::move(program), standard) : program;
}

CaseResult try_claim(const Claim& claim, const Program& program, const TrialSetup& setup,
                     std::uint64_t variant) {
  Trial trial(setup, variant);
  try {
    claim.check(trial, shaped(claim, program, setup.rules.standard()));
  } catch (const NotRun&) {
    return {false, trial.has_picked(), trial.ops(), std::nullopt};
  } catch (Refutation& refutation) {
    return {true, trial.has_picked(), trial.ops(), std::move(refutation)};
  }
  return {true, trial.has_picked(), trial.ops(), std::nullopt};
}

std::span<const Claim> claims() {
  static const std::vector<Claim> kClaims = [] {
    std::vector<Claim> all;
    for (const std::span<const Claim> noun :
         {services_claims(), pages_claims(), pool_claims(), window_claims(), migration_claims(),
          layouts_claims(), metamorphic_claims()}) {
      all.insert(all.end(), noun.begin(), noun.end());
    }
    return all;
  }();
  return kClaims;
}

const Claim* claim_named(std::string_view name) {
  const std::span<const Claim> all = claims();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Claim& each) { return full_name(each) == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace hobnail::oracle
