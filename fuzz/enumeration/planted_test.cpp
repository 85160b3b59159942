// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs: enumerating finds those that two ops show, and nothing in a core without a bug.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fuzz/enumeration/program_order.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/faults.h"

namespace hobnail {
namespace {

using oracle::Fault;
using oracle::Program;
using oracle::RunOptions;

// The rule of the first violation, with the shortest program; empty: there is none.
std::string first_violation(const hobnail_target& target, const RunOptions& options,
                            std::uint8_t board, std::size_t ops) {
  ProgramOrder order;
  for (std::size_t length = 1; length <= ops; ++length) {
    ProgramCursor cursor(order, length);
    for (std::uint64_t i = 0; i < order.count(length); ++i) {
      Program program;
      program.board = board;
      program.ops = cursor.at(i);
      const oracle::Outcome outcome = run_in_lockstep(program, target, options);
      if (outcome.finding) return std::string(outcome.finding->rule);
    }
  }
  return {};
}

const hobnail_target& built_in() {
  static const auto loaded = oracle::load_target("");
  return *std::get<const hobnail_target*>(loaded);
}

// Their shortest programs have three ops and more: the migration, the hand-off, ExitBootServices.
const std::set<std::string_view> kDeeper{
    "MIGRATION-HOBS", "MIGRATION-CONTENTS", "HANDOFF-LIST", "HANDOFF-MAP",
    "DXE-LIST",       "FIRST-REGION",       "DXE-MAP",      "EBS-KEY",
    "EBS-RUNTIME",    "EBS-CONTENTS"};

TEST(Enumeration, FindsPlantedBugs) {
  std::size_t tried = 0;
  for (const Fault& fault : oracle::all_faults()) {
    const std::string_view rule = rule_name(fault.rule);
    if (fault.ends_process || fault.needs_sanitizer || kDeeper.contains(rule)) continue;
    ++tried;
    const hobnail_target& broken = oracle::wrapped::around(built_in(), fault.changes);
    const std::uint8_t board = oracle::boot_of(fault).board;
    EXPECT_NE(first_violation(broken, options_for(fault), board, 2), "")
        << rule << ": the target is broken so that " << fault.what;
  }
  EXPECT_GT(tried, 30);
}

TEST(Enumeration, FindsNothingWithoutABug) { EXPECT_EQ(first_violation(built_in(), {}, 0, 2), ""); }

}  // namespace
}  // namespace hobnail
