// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims under test: each metamorphic one falls on the target that is planted for it, and
// none falls on a core that takes a freedom of PI.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "properties/claims/claim.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/claim_faults.h"
#include "properties/planted/freedoms.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

TrialSetup setup_for(const hobnail_target& target, Standard standard) {
  TrialSetup setup;
  setup.target = &target;
  setup.rules.set_standard(standard);
  setup.consumer = &pei::builtin_dxe();
  return setup;
}

Program drawn_program(std::uint64_t seed) {
  Random random(seed);
  return generate_program(random, 40);
}

// Whether a claim falls within so many cases.
bool falls(const Claim& claim, const TrialSetup& setup, std::uint64_t cases) {
  for (std::uint64_t i = 0; i < cases; ++i) {
    if (try_claim(claim, drawn_program(i), setup, i * 7919).refutation) return true;
  }
  return false;
}

TEST(Claims, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Claim& claim : claims()) {
    EXPECT_TRUE(names.insert(full_name(claim)).second) << full_name(claim);
    EXPECT_EQ(claim_named(full_name(claim)), &claim);
    EXPECT_FALSE(claim.clause.empty());
  }
  EXPECT_EQ(claim_named("pages.nothing"), nullptr);
}

TEST(Claims, HaveShapesThatAreIdempotent) {
  for (const Claim& claim : claims()) {
    for (const Standard standard : {Standard::Pi, Standard::Strict}) {
      for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const Program once = shaped(claim, drawn_program(seed), standard);
        EXPECT_EQ(once, shaped(claim, once, standard)) << full_name(claim) << ", seed " << seed;
      }
    }
  }
}

// With all rules disabled but one that has nothing to say: what falls is the claim.
TEST(Claims, FallOnWhatIsPlantedForThem) {
  constexpr std::uint64_t kCases = 100;
  std::set<std::string> planted;
  for (const ClaimFault& fault : claim_faults()) {
    const Claim* const claim = claim_named(fault.claim);
    ASSERT_NE(claim, nullptr) << fault.claim;
    planted.insert(full_name(*claim));
    for (const Standard standard : {Standard::Pi, Standard::Strict}) {
      TrialSetup setup = setup_for(wrapped::around(pei::core_target({}), fault.changes), standard);
      setup.rules.add_only(RuleId::TargetHang);
      EXPECT_TRUE(falls(*claim, setup, kCases)) << "the target " << fault.what;
    }
  }
  for (const Claim& claim : claims()) {
    if (claim.suite != "metamorphic") continue;
    EXPECT_TRUE(planted.contains(full_name(claim))) << full_name(claim);
  }
}

// A freedom is planted for one boot; elsewhere its target may violate a rule, and then nothing is
// known of the claim.
TEST(Claims, AccuseNoFreedom) {
  constexpr std::uint64_t kCases = 3;
  for (const Freedom& freedom : freedoms()) {
    const TrialSetup setup =
        setup_for(wrapped::around(pei::core_target({}), freedom.changes), Standard::Pi);
    for (const Claim& claim : claims()) {
      if (!is_checked(claim, Standard::Pi)) continue;
      for (std::uint64_t i = 0; i <= kCases; ++i) {
        const Program program =
            i == 0 ? std::get<Program>(parse_text(freedom.program)) : drawn_program(i);
        const CaseResult result = try_claim(claim, program, setup, i * 7919);
        const bool accused = result.refutation && !result.refutation->finding;
        EXPECT_FALSE(accused) << full_name(claim) << " on a target that " << freedom.what << ": "
                              << result.refutation->why;
      }
    }
  }
}

// What an op means must not depend on where a core puts blocks.
TEST(Shapes, WithRoomEveryPlaceIsInABlockThatLives) {
  const auto program = parse_text(
      "boot v1\nboard roomy\n"
      "p0 = AllocatePages BootServicesData 1\n"
      "p1 = AllocatePages BootServicesData 2\n"
      "FreePages p0+1 1\n"
      "FreePages p0 1\n"
      "PeimWrite p0 8\n"
      "CopyMem free-top free-top 8\n"
      "CopyMem page[0]+0x1008 p1 8\n"
      "FreePages page[0]+1 whole\n"
      "FreePages p1 2\n"
      "FreePages free-top 1\n");
  EXPECT_EQ(print_text(with_room(std::get<Program>(program))),
            "boot v1\nboard roomy\n"
            "p0 = AllocatePages BootServicesData 1\n"
            "p1 = AllocatePages BootServicesData 2\n"
            "FreePages p0 1\n"
            "CopyMem page[0]+8 p1 8\n"
            "FreePages p1+1 1\n"
            "FreePages p1 1\n");
}

}  // namespace
}  // namespace hobnail::oracle
