// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Triage of HOB lists under test: consumers with one planted bug each, also such as end the
// process or never come back.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>

#include "fuzz/targets/reader_under_test.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/executor.h"
#include "fuzz/triage/minimize/minimize.h"
#include "fuzz/triage/testing/listed.h"
#include "fuzz/triage/triage.h"
#include "properties/oracle/board/asan.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail {
namespace {

using oracle::DxeConsumer;
using oracle::HobListInput;
using oracle::ListReaders;
using oracle::MemoryMap;
using oracle::Program;

using Bytes = std::span<const std::uint8_t>;

// Ours, with one thing done wrong.
class Dxe : public DxeConsumer {
 public:
  std::string take_over(Bytes hobs, std::uint64_t granularity) override {
    return inner_.take_over(hobs, granularity);
  }
  oracle::Region first_region() override { return inner_.first_region(); }
  MemoryMap get_memory_map() override { return inner_.get_memory_map(); }
  pei::EFI_STATUS exit_boot_services(std::uint64_t key) override {
    return inner_.exit_boot_services(key);
  }

 protected:
  DxeConsumer& inner_ = pei::builtin_dxe();
};

// Gives memory of runtime services away.
class GivesAway final : public Dxe {
 public:
  MemoryMap get_memory_map() override {
    MemoryMap map = inner_.get_memory_map();
    for (auto& entry : map.entries) entry.type = entry.type == 6 ? 7 : entry.type;
    return map;
  }
};

class TakesAll final : public Dxe {
 public:
  std::string take_over(Bytes hobs, std::uint64_t granularity) override {
    (void)inner_.take_over(hobs, granularity);
    return {};
  }
};

// When it meets a list that it takes, and more than the plainest.
template <void (*Act)(Bytes hobs)>
class Acts final : public Dxe {
 public:
  std::string take_over(Bytes hobs, std::uint64_t granularity) override {
    std::string said = inner_.take_over(hobs, granularity);
    if (said.empty() && hobs.size() > 200) Act(hobs);
    return said;
  }
};

void hang(Bytes /*hobs*/) {
  // Busy: a sleeping child has ten times the limit, which is of processor time.
  volatile std::uint64_t rounds = 0;
  for (;;) rounds = rounds + 1;
}
void die(Bytes /*hobs*/) { std::_Exit(3); }
void read_past(Bytes hobs) {
  volatile std::uint8_t byte = *(hobs.data() + hobs.size());
  (void)byte;
}

template <typename Broken>
ListReaders readers() {
  static Broken broken;
  return {nullptr, &broken};
}

struct Case {
  const char* name;
  ListReaders readers;
  const char* text;     // of a list that shows it
  const char* minimal;  // what of it must be left, behind the plain one's lines
  const char* bucket;
  double seconds = 20;
};

void PrintTo(const Case& shown, std::ostream* out) { *out << shown.name; }

class EachList : public testing::TestWithParam<Case> {};

TEST_P(EachList, IsMinimizedToItself) {
  ListExecutor executor(GetParam().readers, {GetParam().seconds, 2048});
  const HobListInput list = listed(GetParam().text);
  const Execution first = run(executor, list);
  ASSERT_TRUE(first.found());
  const MinimizeOptions options{GetParam().seconds < 1 ? 60U : 600U, 0, {}};
  const Minimized<HobListInput> result = minimize(executor, list, first, options);
  ASSERT_TRUE(result.execution.found());
  EXPECT_TRUE(signature_of(list, first).covers(signature_of(result.test, result.execution)));
  EXPECT_EQ(bucket_of(result.test, result.execution), GetParam().bucket)
      << print_hobs(result.test) << result.execution.outcome.finding->evidence;
  EXPECT_LE(result.runs, options.runs);
  if (GetParam().seconds < 1) return;
  EXPECT_NE(print_hobs(result.test).find(GetParam().minimal), std::string::npos)
      << print_hobs(result.test);
  const Minimized<HobListInput> again = minimize(executor, list, first, options);
  EXPECT_EQ(print_hobs(again.test), print_hobs(result.test));
  EXPECT_EQ(again.runs, result.runs);
}

constexpr const char* kMuch =
    "Pool 40\nAllocation ACPIReclaim 0x211000 0x2000\nGuid None 16 hex 01\n"
    "Allocation RuntimeServicesData 0x220800 0x3000 Stack\nFv 0xffe00000 0x200000\n"
    "patch 0x16 hex 00\n";

INSTANTIATE_TEST_SUITE_P(
    All, EachList,
    testing::Values(
        Case{"GivesAway", readers<GivesAway>(), kMuch,
             "Allocation RuntimeServicesData 0x302000 0x1000\n",
             "DXE-MAP/list/page given away/allocation+runtime allocation"},
        Case{"TakesAll", readers<TakesAll>(), "Raw 0x1 48\nPool 40\n", "Raw 0x1 0\n",
             "DXE-LIST/list/not rejected/a second PHIT"},
        Case{"Dies", readers<Acts<die>>(), kMuch, "memory", "TARGET-CRASH/list/exit code 3"},
        Case{"ReadsPast", readers<Acts<read_past>>(), kMuch, "memory",
             "DXE-LIST/list/read behind its end"},
        Case{"Hangs", readers<Acts<hang>>(), kMuch, "memory", "TARGET-HANG/list/hang", 0.2}),
    [](const auto& shown) { return std::string(shown.param.name); });

TEST(ListExecutor, WhatIsInOrderIsNoFinding) {
  ListExecutor executor(builtin_readers(), {});
  EXPECT_FALSE(run(executor, listed("")).found());
  EXPECT_FALSE(run(executor, listed(kMuch)).found());
  EXPECT_FALSE(run(executor, listed("Raw 0x1 48\n")).found());
  EXPECT_EQ(executor.executions, 3U);
}

TEST(ListExecutor, AListThatMustBeRefusedIsHostile) {
  ListExecutor executor(readers<TakesAll>(), {});
  const Execution hostile = run(executor, listed("Raw 0x1 48\n"));
  ASSERT_TRUE(hostile.found());
  EXPECT_EQ(hostile.outcome.finding->calls, oracle::CallClass::Hostile);
  ListExecutor other(readers<GivesAway>(), {});
  const Execution contract = run(other, listed("Allocation RuntimeServicesData 0x300000 0x1000\n"));
  ASSERT_TRUE(contract.found());
  EXPECT_EQ(contract.outcome.finding->calls, oracle::CallClass::Contract);
}

Input input_of(const std::string& path, TestCase test) {
  Input input;
  input.file.path = path;
  std::visit([&](auto& each) { input.content = std::move(each); }, test);
  return input;
}

// One report of boots and lists.
TEST(TriageOfLists, GoesWithBoots) {
  TriageOptions options;
  options.readers = readers<GivesAway>();
  options.jobs = 2;
  const Program boot =
      std::get<Program>(oracle::parse_text("boot v1\nboard heap-low\nGetHobList\n"));
  const std::vector<Input> inputs{
      input_of("a", listed(kMuch)), input_of("b", boot), input_of("c", listed("")),
      input_of("d", listed("Allocation RuntimeServicesData 0x150000 0x2000\n"))};
  const TriageReport report =
      triage(*std::get<const hobnail_target*>(oracle::load_target("")), {}, inputs, options);
  ASSERT_EQ(report.records.size(), 1U);
  const TriageRecord& record = report.records[0];
  EXPECT_EQ(record.count(), 2U);
  EXPECT_EQ(record.rule, "DXE-MAP");
  EXPECT_EQ(record.op_name, "list");
  EXPECT_EQ(record.op_text, "Allocation RuntimeServicesData 0x302000 0x1000");
  ASSERT_TRUE(record.list.has_value());
  EXPECT_EQ(record.program_text, print_hobs(*record.list));
  EXPECT_TRUE(record.trace.empty());
  EXPECT_EQ(record.size(), 3U);
  EXPECT_EQ(record.reproduced, 3U);
  ASSERT_EQ(report.skipped.size(), 2U);
  EXPECT_EQ(report.skipped[0].reason, SkipReason::NoFinding);
  EXPECT_EQ(report.skipped[1].reason, SkipReason::NoFinding);
}

}  // namespace
}  // namespace hobnail
