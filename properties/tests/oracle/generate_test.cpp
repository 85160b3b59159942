// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The generator draws the same programs everywhere, all kinds of them, and boots that get to their
// end.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/generate/repeats.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kPrograms = 4000;

Program program_of(std::uint64_t seed, std::size_t ops_max) {
  Random random(seed);
  return generate_program(random, ops_max);
}

// dram0 whole, then a return to the dispatcher.
bool migrates(const Program& program) {
  bool installed = false;
  for (const Op& op : program.ops) {
    if (installed && op.code == OpCode::ReturnToDispatcher) return true;
    installed = installed || (op.code == OpCode::InstallPeiMemory &&
                              op.place == Place{Anchor::Dram, 0, false, 0} &&
                              op.quantity == Quantity{Measure::Whole, 0});
  }
  return false;
}

TEST(Generator, RandomNumbersAreThoseOfSplitMix64) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.below(0), 0u);
}

TEST(Generator, ASeedMeansOneProgram) {
  EXPECT_EQ(print_text(program_of(29, 16)), R"(boot v1
board at-4gib
garbage 135
b0 = AllocatePool 85
CopyMem page[7] page[7]+14 whole+8
p0 = AllocatePages ACPINvs 3
InstallPeiMemory dram0 whole
ReturnToDispatcher
PeimWrite name-of-p0 16 hex 27bfd44e9240e942807d527b1d00c93d
h0 = CreateHob MemoryAllocation 72 module
PeimWrite name-of-p0 16 hex 7519e2f89908584fa4be5525a9c6df7a
)");
}

TEST(Generator, MostBootsMigrate) {
  std::size_t boots = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    if (migrates(program_of(seed, 48))) ++boots;
  }
  EXPECT_GE(boots, kPrograms * 60 / 100);
}

// The hand-off stands near the end: nothing that comes after it is called.
TEST(Generator, SomeBootsAreHandedOffAndNoneEarly) {
  std::size_t handed_off = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = program_of(seed, 48);
    for (std::size_t i = 0; i < program.ops.size(); ++i) {
      if (program.ops[i].code != OpCode::HandOff) continue;
      const std::size_t size = program.ops.size();
      ASSERT_TRUE(i >= size / 4 * 3 || i + 2 >= size) << print_text(program);
      if (migrates(program)) ++handed_off;
      break;
    }
  }
  EXPECT_GE(handed_off, kPrograms * 15 / 100);
}

TEST(Generator, EveryOpAnchorMeasureBodyAndBoardIsDrawn) {
  std::set<std::string> drawn;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = program_of(seed, 48);
    drawn.insert("board " + std::to_string(program.board));
    for (const Op& op : program.ops) {
      drawn.insert(std::string(row_of(op.code).name));
      drawn.insert("anchor " + std::to_string(static_cast<int>(op.place.anchor)));
      drawn.insert("measure " + std::to_string(static_cast<int>(op.quantity.measure)));
      drawn.insert("body " + std::to_string(static_cast<int>(op.body)));
      if (op.null_out) drawn.insert("null");
      if (!op.data.empty()) drawn.insert("data");
    }
  }
  // The generator names the pages that it tags, and nothing else: b<n> and h<n> come with people
  // and with minimizing.
  constexpr std::size_t kNamed = 2;
  EXPECT_EQ(drawn.size(), op_table().size() + board_profiles().size() + (kAnchors - kNamed) +
                              kMeasures + kBodies + 2);
}

// The name of a record is written to pages of the program, and some of them are freed.
TEST(Generator, SomeProgramsTagPagesAndFreeThem) {
  std::size_t tagged = 0;
  std::size_t freed = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = program_of(seed, 48);
    std::set<std::uint16_t> tags;
    std::uint16_t pages = 0;
    bool frees = false;
    for (const Op& op : program.ops) {
      if (op.code == OpCode::AllocatePages) ++pages;
      if (op.place.anchor == Anchor::NameOfPages) {
        ASSERT_EQ(op.code, OpCode::PeimWrite);
        ASSERT_LT(op.place.index, pages);
        tags.insert(op.place.index);
      }
      frees = frees || (op.code == OpCode::FreePages && op.place.anchor == Anchor::NamedPages &&
                        tags.contains(op.place.index));
    }
    tagged += tags.empty() ? 0 : 1;
    freed += frees ? 1 : 0;
  }
  EXPECT_GE(tagged, kPrograms * 8 / 100);
  EXPECT_LE(tagged, kPrograms * 25 / 100);
  EXPECT_GE(freed, tagged / 2);
}

// The place of the first of the two steps; the end where there is none.
std::size_t place_of_scarcity(const Program& program) {
  const std::vector<Op>& ops = program.ops;
  for (std::size_t i = 0; i + 1 < ops.size(); ++i) {
    const Op& pages = ops[i];
    const Op& pool = ops[i + 1];
    if (pages.code != OpCode::AllocatePages || pages.quantity.measure != Measure::Gap) continue;
    if (pool.code == OpCode::AllocatePool && pool.quantity.measure == Measure::Leave) return i;
  }
  return ops.size();
}

// Where requests follow that only freed pages can serve.
bool asks_for_freed_pages(const Program& program, std::size_t from) {
  return std::any_of(
      program.ops.begin() + static_cast<std::ptrdiff_t>(from), program.ops.end(), [](const Op& op) {
        return op.code == OpCode::AllocatePages && op.quantity.measure == Measure::LargestFree;
      });
}

TEST(Generator, SomeProgramsUseUpMemoryAndGoOnAsking) {
  std::size_t scarce = 0;
  std::size_t asking = 0;
  std::size_t migrated = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = program_of(seed, 48);
    const std::size_t at = place_of_scarcity(program);
    if (at == program.ops.size()) continue;
    ++scarce;
    if (asks_for_freed_pages(program, at)) ++asking;
    Program before = program;
    before.ops.resize(at);
    if (migrates(before)) ++migrated;
  }
  EXPECT_GE(scarce, kPrograms * 8 / 100);
  EXPECT_LE(scarce, kPrograms * 16 / 100);
  EXPECT_GE(asking, scarce / 2);
  EXPECT_GE(migrated, scarce / 2);
}

// 300 records and more, and then nothing but what was freed.
TEST(Generator, SomeRepeatedGroupsAreFollowedByScarcity) {
  std::size_t repeated = 0;
  std::size_t scarce = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    Random random(seed);
    const Program plain = generate_program(random, 8);
    const std::size_t ops = plain.ops.size();
    const Program program = with_repeats(random, plain);
    if (program.ops.size() < ops + 255) continue;
    ++repeated;
    const std::size_t at = place_of_scarcity(program);
    if (at >= 255 && asks_for_freed_pages(program, at)) ++scarce;
  }
  EXPECT_GE(repeated, kPrograms / 400);
  EXPECT_GE(scarce, repeated / 8);
}

// Alone, and right after one of the first version for the same range.
TEST(Generator, SomePlatformsDescribeMemoryInTheSecondVersion) {
  constexpr std::uint32_t kFirst = 3;
  constexpr std::uint32_t kSecond = 13;
  std::size_t alone = 0;
  std::size_t beside = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    const Program program = program_of(seed, 48);
    for (std::size_t i = 0; i < program.ops.size(); ++i) {
      const Op& op = program.ops[i];
      if (op.code != OpCode::CreateHob || op.number != kSecond || op.data.empty()) continue;
      const bool twin = std::any_of(
          program.ops.begin(), program.ops.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const Op& other) {
            return other.code == OpCode::CreateHob && other.number == kFirst &&
                   std::equal(other.data.begin(), other.data.end(), op.data.begin(),
                              op.data.begin() + static_cast<std::ptrdiff_t>(op.data.size() - 8));
          });
      ++(twin ? beside : alone);
    }
  }
  EXPECT_GE(alone, kPrograms / 100);
  EXPECT_GE(beside, kPrograms / 100);
}

TEST(Generator, ProgramsAreNoLongerThanAsked) {
  for (std::size_t limit = 0; limit < 40; ++limit) {
    EXPECT_LE(program_of(limit, limit).ops.size(), limit);
  }
  EXPECT_LE(program_of(1, 1 << 20).ops.size(), kOpsMax);
}

}  // namespace
}  // namespace hobnail::oracle
