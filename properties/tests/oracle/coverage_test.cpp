// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The coverage table under test: what it counts is what happened, and what it wants makes sense.
#include "properties/oracle/coverage/scenario_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "properties/oracle/coverage/coverage_rules.h"
#include "properties/oracle/rules/rules.h"
#include "properties/tests/targets/target_fixture.h"

namespace hobnail::oracle {
namespace {

constexpr Step kPages = static_cast<Step>(OpCode::AllocatePages);
constexpr Step kFree = static_cast<Step>(OpCode::FreePages);

ScenarioCoverage coverage_of(const char* text) {
  ScenarioCoverage coverage;
  RunOptions options;
  options.observer = &coverage;
  const Outcome outcome = run_in_lockstep(parsed(text), our_core(), options);
  EXPECT_FALSE(outcome.finding) << finding_text(outcome);
  return coverage;
}

TEST(ScenarioCoverage, CountsWhatHappened) {
  const ScenarioCoverage coverage = coverage_of(
      "boot v1\nboard heap-low\n"
      "p0 = AllocatePages BootServicesData 3\n"
      "AllocatePages BootServicesData 0x1000\n"
      "FreePages p0+1 1\n"
      "FreePages freed[0] 1\n");
  using enum Condition;
  constexpr BootPhase kT = BootPhase::Temporary;
  EXPECT_EQ(coverage.count({kEntry, Any, kT, Reply::Success}), 1U);
  EXPECT_EQ(coverage.count({kPages, Any, kT, Reply::Success}), 1U);
  EXPECT_EQ(coverage.count({kPages, Any, kT, Reply::OutOfResources}), 1U);
  EXPECT_EQ(coverage.count({kFree, Middle, kT, Reply::Success}), 1U);
  EXPECT_EQ(coverage.count({kFree, DoubleFree, kT, Reply::NotFound}), 1U);
  EXPECT_EQ(coverage.count({kFree, DoubleFree, BootPhase::Window, Reply::NotFound}), 0U);
  EXPECT_EQ(coverage.count({kFree, Whole, kT, Reply::Success}), 0U);
}

TEST(ScenarioCoverage, TriesARuleWhenAllItsCellsAreReached) {
  const ScenarioCoverage coverage =
      coverage_of("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 1\n");
  const auto missing = coverage.rules_missing();
  const auto is_missing = [&](std::string_view id) {
    return std::find(missing.begin(), missing.end(), id) != missing.end();
  };
  EXPECT_FALSE(is_missing(rule_name(RuleId::StackUntouched)));
  EXPECT_TRUE(is_missing(rule_name(RuleId::PhitFields)));  // permanent memory was not reached
  EXPECT_TRUE(is_missing(rule_name(RuleId::CopyMem)));
}

TEST(ScenarioCoverage, ChangesNoBoot) {
  const Program program = parsed(
      "boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
      "InstallPeiMemory dram0 whole\nReturnToDispatcher\nHandOff\nExitBootServices\n");
  ScenarioCoverage coverage;
  RunOptions watched;
  watched.observer = &coverage;
  EXPECT_EQ(run_in_lockstep(program, our_core()).digest,
            run_in_lockstep(program, our_core(), watched).digest);
}

TEST(CoverageTable, HasEachRowOnceAndSaysWhyTheRestCannotBe) {
  const auto rows = coverage_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Cell cell{rows[i].step, rows[i].condition, BootPhase::Temporary, Reply::Success};
    EXPECT_FALSE(rows[i].unreachable.empty()) << cell_text(cell);
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(rows[i].step == rows[j].step && rows[i].condition == rows[j].condition)
          << cell_text(cell);
    }
  }
}

// A rule that is tried only in bins that no check requires would be tried by luck.
TEST(CoverageTable, WantsTheCellsOfEachRule) {
  const std::vector<Cell> wanted = wanted_cells();
  for (const RuleCoverage& where : rule_coverage()) {
    EXPECT_NE(std::find(wanted.begin(), wanted.end(), where.cell), wanted.end())
        << rule_name(where.rule) << ": " << cell_text(where.cell);
  }
  for (const Rule& rule : rules()) {
    const auto rows = rule_coverage();
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const RuleCoverage& where) {
      return where.rule == rule.key;
    })) << rule.id;
  }
}

}  // namespace
}  // namespace hobnail::oracle
