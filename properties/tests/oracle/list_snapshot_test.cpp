// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The snapshot of a boot grows with the list. After each op of random boots it must be what reading
// the whole list gives, and a list that has changed below its end must not count as grown.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/observer.h"
#include "properties/oracle/generate/generate.h"
#include "properties/oracle/generate/repeats.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/core.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

bool same_hobs(const std::vector<Hob>& one, const std::vector<Hob>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const Hob& a, const Hob& b) {
                      return a.offset == b.offset && a.type == b.type && a.length == b.length;
                    });
}

bool same_records(const std::vector<OwnHob>& one, const std::vector<OwnHob>& other) {
  return std::equal(
      one.begin(), one.end(), other.begin(), other.end(), [](const OwnHob& a, const OwnHob& b) {
        return a.where == b.where && a.type == b.type && a.index == b.index && a.stack == b.stack;
      });
}

// Compares the look of the boot with one of its own.
class Comparison final : public BootObserver {
 public:
  void after(const Boot& boot, const Op& /*op*/) override {
    if (boot.over || boot.model.stage != Stage::Pei) return;
    HobListSnapshot fresh;
    const Verdict verdict =
        take_snapshot(boot.options.rules, boot.board, boot.model, boot.snapshot.base, fresh);
    ASSERT_FALSE(verdict.reported());
    const HobListSnapshot& seen = boot.snapshot;
    ++looks;
    if (seen.extends_previous) ++grown;
    EXPECT_EQ(seen.bytes, fresh.bytes);
    EXPECT_EQ(seen.view.bytes.data(), seen.bytes.data());
    EXPECT_TRUE(same_hobs(seen.view.hobs, fresh.view.hobs));
    EXPECT_TRUE(same_records(seen.own, fresh.own));
    EXPECT_EQ(seen.unused_slots, fresh.unused_slots);
    EXPECT_EQ(seen.bins, fresh.bins);
    EXPECT_EQ(seen.bin_homes, fresh.bin_homes);
    EXPECT_EQ(std::memcmp(&seen.phit, &fresh.phit, sizeof fresh.phit), 0);
    if (seen.extends_previous) expect_start_of(seen, boot.previous);
  }

  std::size_t looks = 0;
  std::size_t grown = 0;

 private:
  static void expect_start_of(const HobListSnapshot& now, const HobListSnapshot& before) {
    constexpr std::size_t kPhit = sizeof(EFI_HOB_HANDOFF_INFO_TABLE);
    const std::size_t end = before.view.hobs.back().offset;
    ASSERT_LE(end, now.bytes.size());
    EXPECT_TRUE(std::equal(before.bytes.begin() + kPhit,
                           before.bytes.begin() + static_cast<std::ptrdiff_t>(end),
                           now.bytes.begin() + kPhit));
  }
};

TEST(ListSnapshotTest, ASnapshotThatGrowsIsTheOneOfTheWholeList) {
  constexpr std::uint64_t kBoots = 300;
  constexpr std::size_t kOps = 60;
  Random random(1);
  Comparison comparison;
  for (std::uint64_t boot = 0; boot < kBoots && !testing::Test::HasFailure(); ++boot) {
    const Program program = with_repeats(random, generate_program(random, kOps));
    RunOptions options;
    options.consumer = &pei::builtin_dxe();
    options.observer = &comparison;
    const Outcome outcome = run_in_lockstep(program, pei::core_target({}), options);
    EXPECT_FALSE(outcome.finding.has_value());
  }
  // Most ops append one HOB; frees and writes change what stands below.
  EXPECT_GT(comparison.grown, kBoots * 10);
  EXPECT_GT(comparison.looks - comparison.grown, kBoots);
}

// The owner of the resource that names them writes over its owner's GUID.
TEST(ListSnapshotTest, BinsGoWithTheNameOfTheirResource) {
  const auto program = parse_text(
      "boot v1\nboard heap-low\nInstallPeiMemory dram0 0x80000\nReturnToDispatcher\n"
      "h0 = CreateHob ResourceDescriptor 48 hex 9f04194c3741d34d9c108b97a83ffdfa"
      "000000000700000000001040000000000000010000000000\n"
      "PeimWrite h0 16 hex 00000000000000000000000000000000\n"
      "AllocatePool 8\n");
  Comparison comparison;
  RunOptions options;
  options.observer = &comparison;
  const Outcome outcome =
      run_in_lockstep(std::get<Program>(program), pei::core_target({}), options);
  EXPECT_FALSE(outcome.finding.has_value());
  EXPECT_EQ(comparison.looks, 5U);
}

}  // namespace
}  // namespace hobnail::oracle
