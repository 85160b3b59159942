// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// limit_time() with a target that takes its time: each GetBootMode uses up a number of processor
// seconds that the test chooses.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <ctime>
#include <string>
#include <variant>

#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/wrapped_target.h"

namespace hobnail::oracle {
namespace {

double seconds_of_a_call = 0;
bool ignore_timer = false;

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

EFI_STATUS EFIAPI be_slow(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  if (ignore_timer) std::signal(SIGPROF, SIG_IGN);
  const double end = processor_seconds() + seconds_of_a_call;
  while (processor_seconds() < end) {
  }
  return (*wrapped::services())->GetBootMode(wrapped::services(), mode);
}

void make_slow(EFI_PEI_SERVICES& table) {
  wrapped::replace<&EFI_PEI_SERVICES::GetBootMode, be_slow>(table);
}

std::string evidence_of(unsigned calls, double seconds, double limit) {
  seconds_of_a_call = seconds;
  std::string text = "boot v1\nboard heap-low\n";
  for (unsigned i = 0; i < calls; ++i) text += "GetBootMode\n";
  const hobnail_target& core = *std::get<const hobnail_target*>(load_target(""));
  Isolation isolation;
  isolation.seconds = limit;
  const Outcome outcome = run_one_isolated(std::get<Program>(parse_text(text)),
                                           wrapped::around(core, {make_slow}), {}, isolation);
  return outcome.finding ? fmt::format("{}: {}", outcome.finding->rule, outcome.finding->evidence)
                         : "";
}

TEST(TimeLimit, ManyOpsMayTakeLongerThanOne) { EXPECT_EQ(evidence_of(5, 0.1, 0.25), ""); }

TEST(TimeLimit, AnOpThatTakesLongerIsAHang) {
  EXPECT_EQ(
      evidence_of(1, 5, 0.25),
      "TARGET-HANG: the boot takes longer than 0.25 s in one op; it was in a call of the target");
}

TEST(TimeLimit, ABootOfSlowOpsHasALimitToo) {
  EXPECT_EQ(evidence_of(2 * kBootLimitInOps, 0.05, 0.08),
            "TARGET-HANG: the boot takes longer than 1.6 s; it was in a call of the target");
}

// Only the parent's clock is left, which allows some seconds more.
TEST(TimeLimit, ABootOfSlowOpsHasALimitWhereTheTargetStopsTheTimer) {
  ignore_timer = true;
  EXPECT_EQ(evidence_of(12, 0.5, 0.001),
            "TARGET-HANG: the boot takes too long, with 0.001 s for an op, and cannot be "
            "interrupted");
  ignore_timer = false;
}

TEST(TimeLimit, NoneIsNoLimit) { EXPECT_EQ(evidence_of(1, 0.5, 0), ""); }

}  // namespace
}  // namespace hobnail::oracle
