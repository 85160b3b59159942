// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The order of the programs: numbers and programs determine each other, nothing is there twice.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/enumeration/board_walk.h"
#include "fuzz/enumeration/checkpoint.h"
#include "fuzz/enumeration/distinct_findings.h"
#include "fuzz/enumeration/domain.h"
#include "fuzz/enumeration/program_order.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

using oracle::Op;
using oracle::OpCode;
using oracle::Program;

Program program_of(std::vector<Op> ops) {
  Program program;
  program.ops = std::move(ops);
  return program;
}

Program parsed(const std::string& lines) {
  return std::get<Program>(oracle::parse_text("boot v1\nboard heap-low\n" + lines));
}

std::vector<std::string> all_programs(std::size_t length) {
  ProgramOrder order;
  ProgramCursor cursor(order, length);
  std::vector<std::string> texts;
  for (std::uint64_t i = 0; i < order.count(length); ++i) {
    texts.push_back(oracle::print_text(program_of(cursor.at(i))));
  }
  return texts;
}

// The numbers that docs/enumerate.md names.
TEST(ProgramOrder, Counts) {
  ProgramOrder order;
  const std::vector<std::uint64_t> expected = {1, 32, 769, 18477, 450483, 11217842};
  for (std::size_t length = 0; length < expected.size(); ++length) {
    EXPECT_EQ(order.count(length), expected[length]) << length;
  }
}

TEST(ProgramOrder, NoProgramTwice) {
  for (std::size_t length = 1; length <= 3; ++length) {
    const std::vector<std::string> texts = all_programs(length);
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), texts.size());
  }
}

TEST(ProgramOrder, ProgramsAreCanonical) {
  ProgramOrder order;
  ProgramCursor cursor(order, 3);
  for (std::uint64_t i = 0; i < order.count(3); ++i) {
    const Program program = program_of(cursor.at(i));
    ASSERT_EQ(oracle::canonical(program), program) << oracle::print_text(program);
  }
}

// Wherever the cursor comes from.
TEST(ProgramOrder, NumbersInAnyOrder) {
  const std::vector<std::string> texts = all_programs(3);
  ProgramOrder order;
  ProgramCursor cursor(order, 3);
  for (std::uint64_t i = 0, at = 0; i < 5000; ++i, at = (at + 7919) % texts.size()) {
    ASSERT_EQ(oracle::print_text(program_of(cursor.at(at))), texts[oracle::sized(at)]) << at;
  }
}

TEST(ProgramOrder, ExtensionsAreThePrograms) {
  ProgramOrder order;
  ProgramCursor shorter(order, 1);
  ProgramCursor longer(order, 3);
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < order.count(1); ++i) {
    const IndexRange range = shorter.extensions(i, 3);
    EXPECT_EQ(range.first, next);
    next = range.last;
    for (const std::uint64_t at : {range.first, range.last - 1}) {
      if (range.size() != 0) {
        EXPECT_EQ(longer.at(at).front(), shorter.at(i).front());
      }
    }
  }
  EXPECT_EQ(next, order.count(3));
}

// Each service, and each part of a result of three pages.
TEST(Domain, HasEachServiceAndPart) {
  std::map<OpCode, int> codes;
  Situation one_result;
  one_result.pages.push_back(Extent::ThreePages);
  for (const Op& op : next_ops(one_result)) ++codes[op.code];
  for (const oracle::OpRow& row : oracle::op_table()) {
    const bool later = row.code == OpCode::ExitBootServices || row.code == OpCode::PeimWrite;
    EXPECT_EQ(codes[row.code] == 0, later) << row.name;
  }
  EXPECT_EQ(codes[OpCode::FreePages], 5 + 3);  // and 0 and 2^52 + 1 pages of it, and the stack
}

TEST(IndexRanges, Holes) {
  IndexRanges holes({2, 4});
  holes.add({4, 5});
  holes.add({8, 20});
  const IndexRanges rest = IndexRanges({0, 10}).without(holes);
  EXPECT_EQ(rest.ranges(), (std::vector<IndexRange>{{0, 2}, {5, 8}}));
  EXPECT_EQ(rest.size(), 5);
  EXPECT_EQ(rest.at(1), 1);
  EXPECT_EQ(rest.at(2), 5);
  EXPECT_EQ(rest.from(6).ranges(), (std::vector<IndexRange>{{6, 8}}));
}

// The parts together have run each program of three ops once.
TEST(BoardWalk, PartsMakeTheWhole) {
  ProgramOrder order;
  std::vector<int> seen(oracle::sized(order.count(3)));
  for (std::size_t part = 1; part <= 3; ++part) {
    BoardWalk walk;
    walk.length = 3;
    const IndexRanges programs = walk.rest(order, {part, 3});
    for (std::uint64_t i = 0; i < programs.size(); ++i) ++seen[oracle::sized(programs.at(i))];
  }
  EXPECT_EQ(std::set<int>(seen.begin(), seen.end()), std::set<int>{1});
}

TEST(BoardWalk, NothingBehindAFinding) {
  ProgramOrder order;
  BoardWalk walk;
  walk.length = 1;
  walk.note_run(1, true);
  walk.note_run(2, false);
  walk.finish_length();
  ProgramCursor cursor(order, 1);
  const IndexRange behind = cursor.extensions(1, 2);
  EXPECT_EQ(walk.rest(order, {}).size(), order.count(2) - behind.size());
  walk.finish_length();
  EXPECT_EQ(walk.rest(order, {}).size(), order.count(3) - cursor.extensions(1, 3).size());
}

TEST(BoardWalk, NothingBehindAnEntryThatFails) {
  ProgramOrder order;
  BoardWalk walk;
  EXPECT_EQ(walk.rest(order, {}).size(), 1);
  walk.note_run(0, true);
  walk.finish_length();
  EXPECT_EQ(walk.rest(order, {}).size(), 0);
}

TEST(DistinctFindings, TheShorterProgramStandsForBoth) {
  const Program part = parsed("p0 = AllocatePages BootServicesData 3\nFreePages p0+1 1\n");
  const Program whole = parsed(
      "p0 = AllocatePages BootServicesData 1\nb0 = AllocatePool 1\n"
      "p1 = AllocatePages BootServicesData 3\nFreePages p1+1 1\n");
  const Program other = parsed(
      "p0 = AllocatePages BootServicesData 3\np1 = AllocatePages BootServicesData 3\n"
      "FreePages p1 1\n");
  EXPECT_TRUE(holds_ops_of(whole, part));
  EXPECT_FALSE(holds_ops_of(part, whole));
  EXPECT_FALSE(holds_ops_of(other, part));
  DistinctFindings findings;
  EXPECT_TRUE(findings.take("STATUS", part));
  EXPECT_FALSE(findings.take("STATUS", whole));
  EXPECT_TRUE(findings.take("STATUS", other));
  EXPECT_TRUE(findings.take("REFUSAL", whole));
  EXPECT_EQ(findings.size(), 3);
  EXPECT_EQ(findings.seen(), 4);
}

TEST(Checkpoint, ReadsWhatItWrites) {
  Checkpoint checkpoint;
  checkpoint.setting = "domain, target";
  BoardWalk& walk = checkpoint.walks.emplace_back();
  walk.board = 5;
  walk.note_run(3, true);
  walk.note_run(4, false);
  walk.finish_length();
  walk.note_run(17, false);
  checkpoint.ops = 12;
  checkpoint.known = 2;
  checkpoint.seconds = 1.5;
  (void)checkpoint.findings.take("STATUS", parsed("b0 = AllocatePool 1\n"));
  const std::string text = checkpoint_text(checkpoint);
  const Checkpoint again = read_checkpoint(text);
  EXPECT_EQ(again.walks, checkpoint.walks);
  EXPECT_EQ(again.findings.all(), checkpoint.findings.all());
  EXPECT_EQ(checkpoint_text(again), text);
  EXPECT_THROW((void)read_checkpoint("{}"), std::runtime_error);
  EXPECT_THROW((void)read_checkpoint(text.substr(0, text.size() / 2)), std::runtime_error);
}

}  // namespace
}  // namespace hobnail
