// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The generator draws the same programs everywhere, all kinds of them, and boots that get to their
// end.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "properties/oracle/board_profile.h"
#include "properties/oracle/canonical.h"
#include "properties/oracle/codec_text.h"
#include "properties/oracle/generate.h"

namespace pei::oracle {
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
FreePages page[0] whole
InstallPeiMemory dram0 whole
p0 = AllocatePages BootServicesData 4
p1 = AllocatePages ACPIReclaim leave:48
b0 = AllocatePool 77
b1 = AllocatePool gap-8
ReturnToDispatcher
FreePages page[21]+1 whole
p2 = AllocatePages BootServicesData 3
h0 = CreateHob Fv3 64
FreePages page[0] whole-1
FreePages page[0]+3 2
FreePages page[1]+3 1
p3 = AllocatePages LoaderData 2
FreePages page[6] whole
p4 = AllocatePages Reserved 3
)");
}

TEST(Generator, MostBootsMigrate) {
  std::size_t boots = 0;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    if (migrates(program_of(seed, 48))) ++boots;
  }
  EXPECT_GE(boots, kPrograms * 60 / 100);
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
  // The generator names nothing: p<n>, b<n> and h<n> come with people and with minimising.
  constexpr std::size_t kNamed = 3;
  EXPECT_EQ(drawn.size(), op_table().size() + board_profiles().size() + (kAnchors - kNamed) +
                              kMeasures + kBodies + 2);
}

TEST(Generator, ProgramsAreNoLongerThanAsked) {
  for (std::size_t limit = 0; limit < 40; ++limit) {
    EXPECT_LE(program_of(limit, limit).ops.size(), limit);
  }
  EXPECT_LE(program_of(1, 1 << 20).ops.size(), kOpsMax);
}

}  // namespace
}  // namespace pei::oracle
