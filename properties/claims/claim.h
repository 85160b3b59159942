// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claim: a sentence about any PEI core, and how a program may refute it. Claims are run by the
// RapidCheck suites (properties/suites) and by `hobnail check --suite`.
//
// Invariants: a claim whose standard is Pi holds for every core that keeps to PI; names are never
// given to another claim, because files and reports refer to them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "properties/claims/trial.h"

namespace hobnail::oracle {

enum class Range : std::uint8_t { Boots, PeiOnly };  // PeiOnly: no HandOff, no ExitBootServices

struct Claim {
  std::string_view suite;
  std::string_view name;    // within the suite
  std::string_view title;   // the sentence, in the present tense
  std::string_view clause;  // of PI, or of docs/pei-semantics.md
  Standard standard;        // the weaker one under which it is checked
  int cases;                // of a run of the RapidCheck suite
  Range range;
  // Makes of any program one of the kind that the claim is about; nullptr: any. Idempotent.
  Program (*shape)(Program program, Standard standard);
  void (*check)(Trial& trial, const Program& program);
};

// "pages.give-back".
[[nodiscard]] std::string full_name(const Claim& claim);
[[nodiscard]] inline bool is_checked(const Claim& claim, Standard standard) {
  return standard == Standard::Strict || claim.standard == Standard::Pi;
}

// The program that the claim makes of any program.
[[nodiscard]] Program shaped(const Claim& claim, Program program, Standard standard);

struct CaseResult {
  bool run = true;      // false: the board is not one of this run
  bool picks = false;   // another variant may be another trial
  std::size_t ops = 0;  // calls that reached the target
  std::optional<Refutation> refutation;
};
// Tries to refute the claim once.
[[nodiscard]] CaseResult try_claim(const Claim& claim, const Program& program,
                                   const TrialSetup& setup, std::uint64_t variant);

// The table.
[[nodiscard]] std::span<const Claim> claims();
// The claim of a full name; nullptr: none.
[[nodiscard]] const Claim* claim_named(std::string_view name);

}  // namespace hobnail::oracle
