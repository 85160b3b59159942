// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planted bugs: enumerating finds those that two ops show, and nothing in a core without a bug.
#include <gtest/gtest.h>

#include <algorithm>
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
#include "properties/oracle/program/text/codec_text.h"
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

// A program of the domain: each op is one of those behind the ops before it.
bool in_domain(const Program& program) {
  Situation situation;
  for (const oracle::Op& op : program.ops) {
    const std::vector<oracle::Op> next = next_ops(situation);
    if (std::find(next.begin(), next.end(), op) == next.end()) return false;
    situation = after(situation, op);
  }
  return true;
}

// All programs of five ops would take too long here; these are among them.
TEST(Enumeration, FiveOpsFindTheDeeperBugs) {
  const std::string head = "boot v1\nboard heap-low\n";
  const std::string migration = "InstallPeiMemory dram0 whole\nReturnToDispatcher\n";
  std::vector<Program> programs;
  for (const std::string& lines :
       {"h0 = CreateHob GuidExtension 9\n" + migration,
        "p0 = AllocatePages RuntimeServicesData 1\n" + migration + "HandOff\nExitBootServices\n"}) {
    programs.push_back(std::get<Program>(oracle::parse_text(head + lines)));
    ASSERT_TRUE(in_domain(programs.back())) << lines;
  }
  std::size_t tried = 0;
  for (const Fault& fault : oracle::all_faults()) {
    const std::string_view rule = rule_name(fault.rule);
    if (fault.ends_process || fault.needs_sanitizer || !kDeeper.contains(rule)) continue;
    ++tried;
    const hobnail_target& broken = oracle::wrapped::around(built_in(), fault.changes);
    bool found = false;
    for (Program& program : programs) {
      program.board = oracle::boot_of(fault).board;
      found = found || run_in_lockstep(program, broken, options_for(fault)).finding.has_value();
    }
    EXPECT_TRUE(found) << rule << ": the target is broken so that " << fault.what;
  }
  EXPECT_EQ(tried, kDeeper.size());
}

TEST(Enumeration, FindsNothingWithoutABug) { EXPECT_EQ(first_violation(built_in(), {}, 0, 2), ""); }

}  // namespace
}  // namespace hobnail
