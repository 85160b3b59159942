// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Triage on trial: targets with one planted bug each, also such as end the process, never come
// back, eat the memory or are moody.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <set>

#include "fuzz/process/worker_pool.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/executor.h"
#include "fuzz/triage/minimize/minimize.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/faults.h"
#include "properties/planted/migration_faults.h"

namespace hobnail {
namespace {

namespace wrapped = oracle::wrapped;

using oracle::Fault;
using oracle::Program;
using pei::EFI_BOOT_MODE;
using pei::EFI_PEI_SERVICES;
using pei::EFI_STATUS;

const hobnail_target& our_core() {
  return *std::get<const hobnail_target*>(oracle::load_target(""));
}

constexpr double kSeconds = 0.3;

class EachFault : public testing::TestWithParam<Fault> {};

TEST_P(EachFault, IsMinimizedToItself) {
  const Fault& fault = GetParam();
  if (!can_be_seen(fault)) GTEST_SKIP() << "only AddressSanitizer sees it";
  const bool hangs = fault.rule == oracle::RuleId::TargetHang;
  BootExecutor executor(wrapped::around(our_core(), fault.changes), options_for(fault),
                        {hangs ? kSeconds : 20, 2048});
  const Program program = boot_of(fault);
  const Execution first = run(executor, program);
  if (!first.outcome.skipped.empty()) GTEST_SKIP() << first.outcome.skipped;
  ASSERT_TRUE(first.found()) << fault.what;
  EXPECT_EQ(first.outcome.finding->rule, rule_name(fault.rule));
  EXPECT_EQ(first.kind == FindingKind::Hang, hangs);
  const MinimizeOptions options{hangs ? 20U : 400U, 0, {}};
  const Minimized<Program> result = minimize(executor, program, first, options);
  ASSERT_TRUE(result.execution.found());
  EXPECT_TRUE(signature_of(program, first).covers(signature_of(result.test, result.execution)));
  EXPECT_LE(result.test.ops.size(), 9U) << print_text(result.test);
  EXPECT_LT(result.test.ops.size(), program.ops.size());
  EXPECT_LE(result.runs, options.runs + 1);
  const std::string bucket =
      bucket_of(result.test, result.execution, cause_unmeasured(result.test, result.execution));
  EXPECT_EQ(bucket.find("0x"), std::string::npos) << bucket;
  if (hangs) return;
  EXPECT_FALSE(result.exhausted);
  const Minimized<Program> again = minimize(executor, program, first, options);
  EXPECT_EQ(print_text(again.test), print_text(result.test));
  EXPECT_EQ(again.runs, result.runs);
}

INSTANTIATE_TEST_SUITE_P(All, EachFault, testing::ValuesIn(oracle::all_faults()),
                         [](const auto& fault) {
                           std::string name =
                               fmt::format("{}_{}", fault.index, rule_name(fault.param.rule));
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

Fault fault_of(oracle::RuleId rule) {
  const auto faults = oracle::all_faults();
  return *std::find_if(faults.begin(), faults.end(),
                       [&](const Fault& fault) { return fault.rule == rule; });
}

// FreePages that marks nothing, found where the pages lie at the gap of the default board.
TEST(Cause, KeepsWhatTheFindingDependsOn) {
  const Fault fault = fault_of(oracle::RuleId::FreedMarked);
  const hobnail_target& target = wrapped::around(our_core(), fault.changes);
  const oracle::RunOptions options = options_for(fault);
  BootExecutor executor(target, options, {20, 2048});
  const auto program =
      std::get<Program>(oracle::parse_text("boot v1\nboard heap-low\np0 = AllocatePages "
                                           "BootServicesData 1\nFreePages p0 1\n"));
  const Execution execution = run(executor, program);
  ASSERT_TRUE(execution.found());
  const Cause cause =
      find_cause(executor, program, execution, executors_without(target, options, {20, 2048}));
  EXPECT_TRUE(cause.any_phase);
  EXPECT_TRUE(cause.any_board);
  EXPECT_FALSE(cause.conditions.test(static_cast<std::size_t>(oracle::Condition::Whole)));
  EXPECT_FALSE(cause.conditions.test(static_cast<std::size_t>(oracle::Condition::AtTheGap)));
  const std::string bucket = bucket_of(program, execution, cause);
  EXPECT_EQ(bucket, "FREED-MARKED/FreePages/after AllocatePages/freed N N is");
  const Cause sent = cause_of_bytes(to_bytes(cause));
  EXPECT_EQ(bucket_of(program, execution, sent), bucket);
}

TEST(Minimize, StaysWithinItsBudget) {
  const Fault fault = oracle::migration_faults()[0];
  BootExecutor executor(wrapped::around(our_core(), fault.changes), options_for(fault), {});
  const Execution first = run(executor, boot_of(fault));
  ASSERT_TRUE(first.found());
  const Minimized<Program> result = minimize(executor, boot_of(fault), first, {3, 0, {}});
  EXPECT_TRUE(result.exhausted);
  EXPECT_LE(result.runs, 4U);
  EXPECT_TRUE(result.execution.found());
}

// Replacements of GetBootMode.
EFI_STATUS EFIAPI eat_memory(const EFI_PEI_SERVICES**, EFI_BOOT_MODE*) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  for (;;) {
    auto* const block = static_cast<volatile char*>(std::malloc(kBlock));
    for (std::size_t i = 0; block != nullptr && i < kBlock; i += 64) block[i] = 1;
  }
}

unsigned g_asked = 0;  // of this process
EFI_STATUS EFIAPI be_wrong_once(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  *mode = ++g_asked == 1 ? 0x77 : 0;
  return pei::EFI_SUCCESS;
}
EFI_STATUS EFIAPI be_moody(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  *mode = ++g_asked == 1 ? 0x100U + static_cast<EFI_BOOT_MODE>(now & 0xFFFFFF) : 0U;
  return pei::EFI_SUCCESS;
}
EFI_STATUS EFIAPI always_wrong(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  *mode = 0x77;
  return pei::EFI_SUCCESS;
}

template <auto Replacement>
const hobnail_target& with_mode() {
  return wrapped::around(our_core(), {wrapped::replace<&EFI_PEI_SERVICES::GetBootMode, Replacement>,
                                      nullptr, nullptr});
}

Input input_of(const std::string& path, const std::string& ops) {
  Input input;
  input.file.path = path;
  input.content = std::get<Program>(oracle::parse_text("boot v1\nboard heap-low\n" + ops));
  return input;
}

std::vector<Input> some_inputs() {
  std::vector<Input> inputs{input_of("a", "GetHobList\nGetBootMode\nGetHobList\n"),
                            input_of("b", "SetBootMode 0\nGetBootMode\n"),
                            input_of("c", "GetHobList\n"), input_of("d", "GetBootMode\n")};
  inputs[2].file.when = "2026";
  Input bad;
  bad.file.path = "e";
  bad.content = Unreadable{"is empty"};
  inputs.push_back(bad);
  return inputs;
}

TEST(Triage, LosesNothing) {
  const TriageReport report = triage(with_mode<always_wrong>(), {}, some_inputs(), {});
  ASSERT_EQ(report.records.size(), 1U);
  const TriageRecord& record = report.records[0];
  EXPECT_EQ(record.rule, "BOOT-MODE");
  EXPECT_EQ(record.op_name, "GetBootMode");
  EXPECT_EQ(record.program.ops.size(), 1U);
  EXPECT_EQ(record.count(), 3U);
  EXPECT_EQ(record.reproduced, 3U);
  EXPECT_EQ(record.trace.size(), 1U);
  ASSERT_EQ(report.skipped.size(), 2U);
  EXPECT_EQ(report.skipped[0].reason, SkipReason::NoFinding);
  EXPECT_EQ(report.skipped[1].reason, SkipReason::Unreadable);
  EXPECT_EQ(report.skipped[1].words, "is empty");
}

TEST(Triage, IsTheSameInAnyNumberOfJobs) {
  TriageOptions many;
  many.jobs = 3;
  const TriageReport one = triage(with_mode<always_wrong>(), {}, some_inputs(), {});
  const TriageReport three = triage(with_mode<always_wrong>(), {}, some_inputs(), many);
  ASSERT_EQ(one.records.size(), three.records.size());
  for (std::size_t i = 0; i < one.records.size(); ++i) {
    EXPECT_EQ(one.records[i].bucket, three.records[i].bucket);
    EXPECT_EQ(one.records[i].program_text, three.records[i].program_text);
    EXPECT_EQ(one.records[i].count(), three.records[i].count());
  }
  EXPECT_EQ(one.executions, three.executions);
}

TEST(Triage, AMoodyTargetIsNotReproducible) {
  const TriageReport report =
      triage(with_mode<be_moody>(), {}, {input_of("a", "GetBootMode\n")}, {});
  EXPECT_TRUE(report.records.empty());
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].reason, SkipReason::NotReproducible);
  EXPECT_EQ(report.skipped[0].tried, 3U);
  EXPECT_LT(report.skipped[0].reproduced, 3U);
  EXPECT_GE(report.skipped[0].reproduced, 1U);
}

TEST(Triage, ATargetThatCountsItsCallsHasState) {
  const TriageReport report =
      triage(with_mode<be_wrong_once>(), {}, {input_of("a", "GetHobList\nGetBootMode\n")}, {});
  EXPECT_TRUE(report.skipped.empty());
  ASSERT_EQ(report.records.size(), 1U);
  const TriageRecord& record = report.records[0];
  EXPECT_EQ(record.bucket, "STATE-OUTLIVES-BOOT/GetBootMode/BOOT-MODE disappears");
  EXPECT_EQ(record.program.ops.size(), 1U);
  EXPECT_EQ(record.history, std::vector<std::string>{record.program_text});
  EXPECT_EQ(record.ops_before, 2U);
  EXPECT_EQ(record.count(), 1U);
}

// Its own installation is rejected: only the second ending of a complete boot migrates.
TriageReport triage_of_refused_install(bool completes) {
  static const Fault fault = oracle::migration_faults()[0];
  Input input = input_of("a", "InstallPeiMemory dram0 0x1000\n");
  input.fuzzer = "handoff_fuzz";
  input.must_fail = true;
  TriageOptions options;
  options.externals.resize(1);
  options.externals[0].name = input.fuzzer;
  options.externals[0].command = {"true"};
  options.externals[0].completes = completes;
  return triage(wrapped::around(our_core(), fault.changes), options_for(fault), {input}, options);
}

TEST(Triage, AFuzzTargetThatCompletesBootsIsFollowedToItsSecondEnding) {
  const TriageReport report = triage_of_refused_install(true);
  ASSERT_EQ(report.records.size(), 1U);
  EXPECT_EQ(report.records[0].rule, rule_name(oracle::migration_faults()[0].rule));
  EXPECT_TRUE(report.records[0].fuzzer.empty()) << "the command shows it by itself";
  const TriageReport other = triage_of_refused_install(false);
  ASSERT_EQ(other.skipped.size(), 1U);
  EXPECT_EQ(other.skipped[0].reason, SkipReason::NotReproducible);
}

// A fuzz target that fails for every input; the answer to bytes that no other target rejects.
TEST(Triage, BytesOfUnknownOriginRunOnEachFuzzTarget) {
  Input input = input_of("a", "GetHobList\n");
  TriageOptions options;
  options.externals.resize(2);
  options.externals[0].name = "usage_fuzz";
  options.externals[0].command = {"sh", "-c", "exit 3"};
  options.externals[1].name = "banner_fuzz";
  options.externals[1].command = {"sh", "-c",
                                  "printf 'ASSERTION FAILED: FuzzerHash=HOB-CHAIN\nop 0: "
                                  "GetHobList (contract)\nx\n' >&2; kill -ABRT $$"};
  EXPECT_EQ(triage(our_core(), {}, {input}, options).skipped.size(), 1U) << "text is no artifact";
  input.bytes = true;
  const TriageReport report = triage(our_core(), {}, {input}, options);
  ASSERT_EQ(report.records.size(), 1U);
  EXPECT_EQ(report.records[0].rule, "HOB-CHAIN");
  EXPECT_EQ(report.records[0].fuzzer, "banner_fuzz");
  oracle::RunOptions run;
  run.rules.remove(oracle::RuleId::HobChain);
  const TriageReport muted = triage(our_core(), run, {input}, options);
  ASSERT_EQ(muted.skipped.size(), 1U);
  EXPECT_EQ(muted.skipped[0].reason, SkipReason::NoFinding);
  EXPECT_NE(muted.skipped[0].words.find("this rule is disabled"), std::string::npos);
}

TEST(Triage, TheTimeLimitLosesNoFile) {
  TriageOptions options;
  options.seconds = 1e-9;
  std::vector<Input> inputs{input_of("crash-STATUS-end-0123456789abcdef", "GetBootMode\n"),
                            input_of("b", "GetBootMode\n")};
  const TriageReport report = triage(with_mode<always_wrong>(), {}, inputs, options);
  EXPECT_TRUE(report.records.empty());
  ASSERT_EQ(report.skipped.size(), 2U);
  for (const SkippedFile& file : report.skipped) {
    EXPECT_EQ(file.reason, SkipReason::NotClassified);
    EXPECT_TRUE(file.unknown);
  }
}

TEST(Triage, EatenMemoryIsSeen) {
  TriageOptions options;
  options.tries = 1;
  options.runs = 3;
  options.limits = {20, 128};
  const TriageReport report =
      triage(with_mode<eat_memory>(), {}, {input_of("a", "GetBootMode\n")}, options);
  ASSERT_EQ(report.records.size(), 1U);
  EXPECT_EQ(report.records[0].kind, FindingKind::OutOfMemory);
  EXPECT_EQ(report.records[0].op_name, "GetBootMode");
}

TEST(Jobs, ThePartOfALostChildIsReported) {
  std::set<std::size_t> done;
  std::set<std::size_t> lost;
  in_jobs(
      9, 2,
      [](std::size_t i) {
        if (i % 4 == 3) _exit(1);
        return std::to_string(i);
      },
      [&](std::size_t i, const std::optional<std::string>& answer) {
        EXPECT_EQ(answer.value_or(std::to_string(i)), std::to_string(i));
        (answer ? done : lost).insert(i);
      });
  EXPECT_EQ(lost, (std::set<std::size_t>{3, 7}));
  EXPECT_EQ(done.size(), 7U);
}

}  // namespace
}  // namespace hobnail
