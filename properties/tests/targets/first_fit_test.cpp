// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle under test with first-fit, a target that differs from our core wherever PI leaves the
// choice: no run may have a finding. And the targets must differ: otherwise the runs show nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <variant>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/boot/session.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/dxe.h"
#include "properties/tests/targets/target_fixture.h"

namespace hobnail::oracle {
namespace {

// The status that a service answered, and the address that it gave; 0 for none.
struct FirstFitReply {
  std::uint64_t status = 0;
  std::uint64_t address = 0;

  friend bool operator==(const FirstFitReply&, const FirstFitReply&) = default;
  friend void PrintTo(const FirstFitReply& reply, std::ostream* out) {
    *out << status_text(static_cast<EFI_STATUS>(reply.status)) << " -> 0x" << std::hex
         << reply.address;
  }
};

FirstFitReply reply_of(const OpRecord& record) {
  EXPECT_EQ(record.ending, Ending::Answered);
  const bool gave = record.granted() && record.value != kUntouched;
  return {record.status, gave ? record.value : 0};
}

constexpr FirstFitReply gives(std::uint64_t address) { return {EFI_SUCCESS, address}; }
constexpr FirstFitReply answers(std::uint64_t status) { return {status, 0}; }

class FirstFit : public testing::Test {
 protected:
  void SetUp() override {
    load(HOBNAIL_FIRST_FIT, target_);
    load(HOBNAIL_FIRST_FIT_64K, of_64k_);
  }

  // The whole boot: our consumer takes the list over.
  [[nodiscard]] static Outcome play(const Program& program, const hobnail_target& target,
                                    CallPolicy policy = CallPolicy::TargetDecides) {
    RunOptions options;
    options.policy = policy;
    options.consumer = &builtin_dxe();
    return run_in_lockstep(program, target, options);
  }

  [[nodiscard]] static OpRecord record_of(const std::string& text, const hobnail_target& target,
                                          std::size_t index) {
    const Outcome outcome = run_in_lockstep(parsed(text), target, {.records = true});
    EXPECT_FALSE(outcome.finding) << target.name << "\n" << finding_text(outcome) << "\n" << text;
    return outcome.records.at(index);
  }
  // The answer to the op at `index`.
  [[nodiscard]] FirstFitReply first_fit(const std::string& text, std::size_t index) const {
    return reply_of(record_of(text, *target_, index));
  }
  [[nodiscard]] static FirstFitReply core(const std::string& text, std::size_t index) {
    return reply_of(record_of(text, our_core(), index));
  }

  const hobnail_target* target_ = nullptr;
  const hobnail_target* of_64k_ = nullptr;

 private:
  static void load(const char* path, const hobnail_target*& target) {
    const auto loaded = load_target(path);
    const auto* const found = std::get_if<const hobnail_target*>(&loaded);
    ASSERT_NE(found, nullptr) << std::get<TargetError>(loaded).message;
    target = *found;
  }
};

TEST_F(FirstFit, PlaysTheCorpusWithoutAFinding) {
  std::size_t played = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(HOBNAIL_CORPUS)) {
    if (entry.path().extension() != ".boot") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const hobnail_target* target : {target_, of_64k_}) {
      const Outcome outcome = play(parsed(text), *target);
      EXPECT_FALSE(outcome.finding) << entry.path() << ", " << target->name << "\n"
                                    << finding_text(outcome);
    }
    ++played;
  }
  EXPECT_GT(played, 50U);
}

TEST_F(FirstFit, PlaysGeneratedProgramsWithoutAFinding) {
  constexpr std::uint64_t kPrograms = 6000;
  constexpr std::size_t kOps = 60;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    Random random(seed);
    const Program program = generate_program(random, kOps);
    const hobnail_target& target = seed % 2 == 0 ? *target_ : *of_64k_;
    const CallPolicy policy = seed % 8 < 2 ? CallPolicy::Contract : CallPolicy::TargetDecides;
    const Outcome outcome = play(program, target, policy);
    ASSERT_FALSE(outcome.finding) << "seed " << seed << ", " << target.name << "\n"
                                  << finding_text(outcome) << "\n"
                                  << print_text(program);
  }
}

// It may decline boards, and does not need to.
TEST_F(FirstFit, MigratesOnEveryBoard) {
  for (const BoardProfile& board : board_profiles()) {
    const Program program = parsed("boot v1\nboard " + std::string(board.name) +
                                   "\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n"
                                   "p0 = AllocatePages RuntimeServicesData 1\n");
    const Outcome outcome = play(program, *target_);
    EXPECT_FALSE(outcome.finding) << board.name << "\n" << finding_text(outcome);
    if (!outcome.skipped.empty()) continue;
    EXPECT_EQ(outcome.ops_run, board.has(kMustDecline) ? 0U : 3U) << board.name;
  }
}

// Freed pages come before the gap; in a free range, the lowest pages.
TEST_F(FirstFit, UsesTheLowestFreedPagesFirst) {
  const std::string text =
      "boot v1\nboard heap-low\n"
      "InstallPeiMemory dram0 0x100000\nReturnToDispatcher\n"
      "p0 = AllocatePages BootServicesData 8\n"
      "p1 = AllocatePages BootServicesData 1\n"
      "FreePages p0 8\n"
      "p2 = AllocatePages BootServicesData 2\n";
  EXPECT_EQ(first_fit(text, 2), gives(0x401e4000));
  EXPECT_EQ(first_fit(text, 5), gives(0x401e4000));  // where p0 was
  EXPECT_EQ(core(text, 2), gives(0x401f8000));
  EXPECT_EQ(core(text, 5), gives(0x401f5000));  // from the gap, below p1
}

// The gap gives way by some pages more, whose lowest are used first.
TEST_F(FirstFit, TakesTheBottomOfWhatTheGapGives) {
  const std::string text =
      "boot v1\nboard heap-low\n"
      "InstallPeiMemory dram0 0x100000\nReturnToDispatcher\n"
      "p0 = AllocatePages BootServicesData 1\n"
      "p1 = AllocatePages BootServicesData 1\n";
  EXPECT_EQ(first_fit(text, 2), gives(0x401eb000));
  EXPECT_EQ(first_fit(text, 3), gives(0x401ec000));
  EXPECT_EQ(core(text, 2), gives(0x401ff000));
  EXPECT_EQ(core(text, 3), gives(0x401fe000));
}

// What is freed at the free top stays out of the gap, until the HOB list needs the room.
TEST_F(FirstFit, GivesPagesBackToTheGapForTheListAlone) {
  const std::string text =
      "boot v1\nboard small-heap\n"
      "p0 = AllocatePages BootServicesData 1\n"
      "FreePages p0 1\n"
      "b0 = AllocatePool 0x1100\n";
  const auto moves_free_top = [&](const hobnail_target& target, std::size_t index) {
    return record_of(text, target, index).change.free_top.moved();
  };
  EXPECT_FALSE(moves_free_top(*target_, 1));
  EXPECT_TRUE(moves_free_top(*target_, 2));
  EXPECT_TRUE(moves_free_top(our_core(), 1));
  EXPECT_FALSE(moves_free_top(our_core(), 2));
}

TEST_F(FirstFit, RefusesInOtherWords) {
  const std::string board = "boot v1\nboard heap-low\n";
  const std::string zero_pages = board + "p0 = AllocatePages BootServicesData 0\n";
  EXPECT_EQ(first_fit(zero_pages, 0), answers(EFI_OUT_OF_RESOURCES));
  EXPECT_EQ(core(zero_pages, 0), answers(EFI_INVALID_PARAMETER));
  const std::string not_allocated = board + "FreePages stack 1\n";
  EXPECT_EQ(first_fit(not_allocated, 0), answers(EFI_INVALID_PARAMETER));
  EXPECT_EQ(core(not_allocated, 0), answers(EFI_NOT_FOUND));
  const std::string twice = board + "InstallPeiMemory dram0 whole\nInstallPeiMemory dram1 whole\n";
  EXPECT_NE(first_fit(twice, 1), answers(EFI_SUCCESS));  // EFI_ALREADY_STARTED
  EXPECT_EQ(core(twice, 1), answers(EFI_SUCCESS));
  const std::string short_hob = board + "h0 = CreateHob GuidExtension 3\n";
  EXPECT_EQ(first_fit(short_hob, 0), gives(0x10000068));
  EXPECT_EQ(core(short_hob, 0), answers(EFI_INVALID_PARAMETER));
  const std::string long_hob = board + "h0 = CreateHob GuidExtension 0xfff9\n";
  EXPECT_EQ(first_fit(long_hob, 0), answers(EFI_OUT_OF_RESOURCES));
  EXPECT_EQ(core(long_hob, 0), answers(EFI_INVALID_PARAMETER));
}

// A second half and a first half: p1 ends where p0 begins.
TEST_F(FirstFit, FreesSeveralAllocationsInOneCall) {
  const std::string text =
      "boot v1\nboard heap-low\n"
      "p0 = AllocatePages BootServicesData 2\n"
      "p1 = AllocatePages RuntimeServicesData 2\n"
      "FreePages p1+1 2\n"
      "p2 = AllocatePages BootServicesData 2\n";
  EXPECT_EQ(first_fit(text, 2), answers(EFI_SUCCESS));
  EXPECT_EQ(first_fit(text, 3), gives(0x10005000));
  EXPECT_EQ(core(text, 2), answers(EFI_NOT_FOUND));
}

// Twice SEC's, as is seen from where the list is.
TEST_F(FirstFit, HasAnotherStack) {
  const std::string text =
      "boot v1\nboard heap-low\n"
      "InstallPeiMemory dram0 0x100000\nReturnToDispatcher\nGetHobList\n";
  EXPECT_EQ(first_fit(text, 2), gives(0x40100000));
  EXPECT_EQ(core(text, 2), gives(0x40120000));
}

// The platform's offer to move temporary RAM is declined.
TEST_F(FirstFit, CopiesByItself) {
  const std::string text =
      "boot v1\nboard ppi-swap\nInstallPeiMemory dram0 whole\nReturnToDispatcher\n";
  const auto asks = [&](const hobnail_target& target) {
    const OpRecord record = record_of(text, target, 1);
    return record.migration && record.migration->platform_image != 0;
  };
  EXPECT_FALSE(asks(*target_));
  EXPECT_TRUE(asks(our_core()));
}

}  // namespace
}  // namespace hobnail::oracle
