// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The counters of the model: each kind is hit by the program that should, they saturate, two runs
// of a program leave the same, and they are where libFuzzer looks.
#include "fuzz/targets/model_counters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"

// As libFuzzer declares them.
extern "C" const std::uint8_t __start___libfuzzer_extra_counters;  // NOLINT
extern "C" const std::uint8_t __stop___libfuzzer_extra_counters;   // NOLINT

namespace hobnail {
namespace {

using oracle::BootPhase;
using oracle::Condition;
using oracle::OpCode;
using oracle::Reply;
using enum oracle::OpCode;

constexpr const char* kTwoPages =
    "boot v1\nboard heap-low\n"
    "p0 = AllocatePages BootServicesData 3\n"
    "AllocatePages BootServicesData 0x1000\n"
    "FreePages p0+1 1\n"
    "FreePages freed[0] 1\n";

const hobnail_target& core() {
  static const auto loaded = oracle::load_target("");
  if (!std::holds_alternative<const hobnail_target*>(loaded)) std::abort();
  return *std::get<const hobnail_target*>(loaded);
}

// All counters after a run of the program that begins with cleared ones.
std::vector<std::uint8_t> counters_of(const std::string& text, Counting how) {
  const auto program = oracle::parse_text(text);
  if (!std::holds_alternative<oracle::Program>(program)) {
    ADD_FAILURE() << text;
    return {};
  }
  ModelCounters::clear();
  ModelCounters counters(how);
  oracle::RunOptions options;
  options.observer = &counters;
  const oracle::Outcome outcome =
      run_in_lockstep(std::get<oracle::Program>(program), core(), options);
  EXPECT_FALSE(outcome.finding);
  const auto all = ModelCounters::all();
  return {all.begin(), all.end()};
}

oracle::Cell cell_of(OpCode code, Condition condition, Reply reply) {
  return {static_cast<oracle::Step>(code), condition, BootPhase::Temporary, reply};
}

std::string many_modes(int count) {
  std::string text = "boot v1\nboard heap-low\n";
  for (int i = 0; i < count; ++i) text += "GetBootMode\n";
  return text;
}

TEST(ModelCounters, AreWhereLibFuzzerLooks) {
  const auto all = ModelCounters::all();
  EXPECT_EQ(all.data(), &__start___libfuzzer_extra_counters);
  EXPECT_EQ(all.data() + all.size(), &__stop___libfuzzer_extra_counters);
  EXPECT_GT(all.size(), 1000U);
  EXPECT_LT(all.size(), 8192U);
}

TEST(ModelCounters, EveryRowOfTheTableHasItsOwn) {
  EXPECT_LE(oracle::coverage_rows().size(), kRowsAtMost);
}

TEST(ModelCounters, CountCellsPairsAndSizes) {
  (void)counters_of(kTwoPages, Counting::Counts);
  EXPECT_EQ(ModelCounters::of_cell(cell_of(AllocatePages, Condition::Any, Reply::Success)), 1);
  EXPECT_EQ(ModelCounters::of_cell(cell_of(AllocatePages, Condition::Any, Reply::OutOfResources)),
            1);
  EXPECT_EQ(ModelCounters::of_cell(cell_of(FreePages, Condition::DoubleFree, Reply::NotFound)), 1);
  EXPECT_EQ(ModelCounters::of_cell(cell_of(FreePages, Condition::Whole, Reply::Success)), 0);
  EXPECT_EQ(ModelCounters::of_pair(AllocatePages, AllocatePages, BootPhase::Temporary), 1);
  EXPECT_EQ(ModelCounters::of_pair(AllocatePages, FreePages, BootPhase::Temporary), 1);
  EXPECT_EQ(ModelCounters::of_pair(FreePages, AllocatePages, BootPhase::Temporary), 0);
  EXPECT_EQ(ModelCounters::of_pair(FreePages, FreePages, BootPhase::Window), 0);
  EXPECT_EQ(ModelCounters::of_hobs(BootPhase::Temporary, 3), 1);  // four to seven HOBs
  EXPECT_EQ(ModelCounters::of_hobs(BootPhase::Temporary, 8), 0);
}

TEST(ModelCounters, Saturate) {
  const auto cell = cell_of(GetBootMode, Condition::Any, Reply::Success);
  (void)counters_of(many_modes(300), Counting::Counts);
  EXPECT_EQ(ModelCounters::of_cell(cell), 255);
  EXPECT_EQ(ModelCounters::of_pair(GetBootMode, GetBootMode, BootPhase::Temporary), 255);
  (void)counters_of(many_modes(300), Counting::Once);
  EXPECT_EQ(ModelCounters::of_cell(cell), 1);
}

TEST(ModelCounters, AreTheSameForTheSameProgram) {
  const auto first = counters_of(kTwoPages, Counting::Counts);
  (void)counters_of(many_modes(3), Counting::Counts);
  EXPECT_EQ(counters_of(kTwoPages, Counting::Counts), first);
}

TEST(ModelCounters, AreZeroWithoutABoot) {
  ModelCounters::clear();
  const auto all = ModelCounters::all();
  EXPECT_TRUE(std::all_of(all.begin(), all.end(), [](auto counter) { return counter == 0; }));
}

}  // namespace
}  // namespace hobnail
