// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What triage reads of HOB lists: edits, conditions, the words of the judge, files. Nothing is
// played here.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/triage/execution/execution_bytes.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/conditions.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/merge.h"
#include "fuzz/triage/testing/listed.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using oracle::HobListInput;

using Words = std::vector<std::string>;

std::string body_of(const HobListInput& list) { return print_hobs(list).substr(kListHead.size()); }

TEST(ListEdit, APatchStaysOnItsHob) {
  // PHIT 0x38, Cpu to 0x48, Pool to 0x60, Pool to 0x78, END.
  const HobListInput list = bare(
      "Cpu 40\nPool 16\nPool 16\npatch 0x10 hex 01\npatch 0x4a hex 02\n"
      "patch 0x62 hex 03\npatch 0x7a hex 04\n");
  EXPECT_EQ(body_of(without(list, {false, true, false})),
            "Cpu 40\nPool 16\npatch 0x10 hex 01\npatch 0x4a hex 03\npatch 0x62 hex 04\n");
  EXPECT_EQ(body_of(without(list, {true, false, true})),
            "Pool 16\npatch 0x10 hex 01\npatch 0x3a hex 02\npatch 0x52 hex 04\n");
  oracle::ListedHob shorter = list.hobs[1];
  shorter.length = 8;
  EXPECT_EQ(body_of(with_hob(list, 1, shorter)),
            "Cpu 40\nPool 8\nPool 16\npatch 0x10 hex 01\npatch 0x4a hex 02\npatch 0x5a hex 03\n"
            "patch 0x72 hex 04\n");
}

TEST(ListConditions, ThePlainestHasNone) {
  EXPECT_EQ(conditions_of_list(listed("")), Words{});
  EXPECT_EQ(conditions_of_chain(listed("")), Words{});
  EXPECT_FALSE(must_be_refused(listed("")));
}

TEST(ListConditions, SayHowAChainEnds) {
  const auto end = [](const std::string& more) {
    const Words words = conditions_of_chain(listed("Pool 40\n" + more));
    return words.empty() ? "" : words[0];
  };
  EXPECT_EQ(end("patch 0x7a hex 0000\n"), "HobLength 0");
  EXPECT_EQ(end("patch 0x7a hex 0400\n"), "HobLength below a header");
  EXPECT_EQ(end("patch 0x7a hex 2c00\n"), "HobLength off alignment");
  EXPECT_EQ(end("patch 0x7a hex f8ff\n"), "HobLength past the end");
  EXPECT_EQ(end("give -8\n"), "no END");
  EXPECT_EQ(end("give -4\n"), "no room for a header");
}

TEST(ListConditions, SayWhyAListMustBeRefused) {
  EXPECT_EQ(conditions_of_list(listed("Raw 0x1 48\n")), Words{"a second PHIT"});
  EXPECT_EQ(conditions_of_list(bare("Cpu 40\n")),
            Words{"PEI's free memory is not in tested memory"});
  EXPECT_TRUE(must_be_refused(bare("Cpu 40\n")));
}

TEST(ListConditions, SayWhatHobsAreBeyondThePlain) {
  const auto words = [](const std::string& more) { return conditions_of_list(listed(more)); };
  EXPECT_EQ(words("Allocation BootServicesData 0x300800 0x1000\n"),
            (Words{"allocation", "allocation off pages"}));
  EXPECT_EQ(words("Allocation RuntimeServicesData 0xfffffffffffff000 0x2000\n"),
            (Words{"allocation", "allocation wraps", "runtime allocation"}));
  EXPECT_EQ(words("Resource MemoryReserved 0x7 0x300000 0x1000\n"),
            (Words{"reserved resource", "resources overlap"}));
  EXPECT_EQ(words("Resource SystemMemory 0x3 0x10000000000 0x1000\n"),
            (Words{"resource beyond the processor", "untested memory"}));
  EXPECT_EQ(words("Allocation Reserved 0x300000 0x1000\nAllocation Reserved 0x300000 0x1000\n"),
            (Words{"allocation", "allocation that stays", "allocations overlap"}));
}

Execution said(std::string evidence) {
  Execution execution;
  execution.outcome.finding = {oracle::rule_name(oracle::RuleId::DxeMap), 0, std::move(evidence)};
  return execution;
}

TEST(ListBucket, ReadsWhatTheJudgeSays) {
  const auto page = [](const std::string& must, const std::string& is) {
    return check_of_list(said("entry 3 of the map at page 0x1: x\npage 0x1000: the HOBs imply " +
                              must + "; DXE has " + is + "\noffset 0x40 of 0x80 bytes:\n"));
  };
  EXPECT_EQ(page("EfiReservedMemoryType 0xf", "nothing"), "page lost");
  EXPECT_EQ(page("nothing", "EfiReservedMemoryType 0xf"), "page invented");
  EXPECT_EQ(page("EfiReservedMemoryType 0xf", "EfiConventionalMemory 0xf"), "page given away");
  EXPECT_EQ(page("EfiConventionalMemory 0xf", "EfiReservedMemoryType 0xf"), "page held back");
  EXPECT_EQ(page("EfiLoaderData 0xf", "EfiLoaderCode 0xf"), "page of another type");
  EXPECT_EQ(page("EfiLoaderData 0xf", "EfiLoaderData 0x1"), "page of another attribute");
  EXPECT_EQ(check_of_list(said("HOB 1 is at 0x38; the walk finds no HOB at 0x38")), "walk");
  EXPECT_EQ(check_of_list(said("the list must be rejected at 0x30: a second PHIT; DXE accepts it")),
            "not rejected");
  EXPECT_EQ(
      check_of_list(said("the list must be rejected at 0x30: x; DXE reports: y, at offset 7")),
      "not rejected");
  EXPECT_EQ(check_of_list(said("a valid list was rejected: no 3 HOBs, at offset 7")),
            "rejected: no N HOBs");
  EXPECT_EQ(check_of_list(said("the first memory of DXE, [0x1, 0x2), is not free; expected")),
            "start is not free");
  for (const char* where :
       {"0x8 bytes behind its end", "at the first byte behind its end", "across its end"}) {
    EXPECT_EQ(
        check_of_list(said(std::string("the list, of 0x80 bytes, is read ") + where + "\n#0")),
        "read behind its end");
  }
}

TEST(ListBucket, FindsTheHobInQuestion) {
  const HobListInput list = listed("Pool 40\n");  // at 0x38, 0x48, 0x78
  const auto at = [&](const std::string& offset) {
    return hob_in_question(list, said("x\noffset " + offset + " of 0xb0 bytes:\n"));
  };
  EXPECT_EQ(at("0x48"), 1U);
  EXPECT_EQ(at("0x50"), 1U);
  EXPECT_EQ(at("0x78"), 2U);
  EXPECT_EQ(at("0x10"), 3U);
  EXPECT_EQ(at("0xa8"), 3U);
}

TriageRecord with_words(const Words& words, const std::string& path) {
  TriageRecord record;
  record.list = HobListInput{};
  record.bucket = "DXE-MAP/list/page lost";
  for (std::size_t i = 0; i < words.size(); ++i) record.bucket += (i == 0 ? "/" : "+") + words[i];
  record.conditions = words;
  record.calls = "contract";
  record.files = {{path, 1, "", ""}};
  return record;
}

TEST(ListMerge, WhatAPlainerListShowsWithoutIsNoPartOfTheBug) {
  std::vector<TriageRecord> records{with_words({"a", "b", "c"}, "1"), with_words({"b"}, "2"),
                                    with_words({"a", "d"}, "3"), with_words({"a", "b"}, "4"),
                                    with_words({"b", "c"}, "5")};
  records[4].calls = "hostile";
  const std::vector<TriageRecord> merged = merge_lists(records);
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].bucket, "DXE-MAP/list/page lost/b");
  EXPECT_EQ(merged[0].files.size(), 3U);
  EXPECT_EQ(merged[1].bucket, "DXE-MAP/list/page lost/a+d");
  EXPECT_EQ(merged[2].calls, "hostile");
  TriageRecord other = with_words({"b", "c"}, "6");
  other.bucket = "DXE-MAP/list/page invented/b+c";
  EXPECT_FALSE(subsumes(records[1], other));
  TriageRecord boot = records[0];
  boot.list.reset();
  EXPECT_FALSE(subsumes(records[1], boot));
}

TEST(ListBytes, AJobTellsOfAList) {
  JobReport report;
  report.test = listed("Pool 40\n");
  const auto read = job_report_of(to_bytes(report));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<HobListInput>(read->test), listed("Pool 40\n"));
}

class ListInputs : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  fs::path folder_ = fs::path(testing::TempDir()) / "hobnail_list_inputs";
};

TEST_F(ListInputs, TextIsAListAndBytesWhereTheCallerSaysSo) {
  const std::vector<std::uint8_t> bytes = oracle::encode_hobs(listed("Pool 40\n"));
  write("a.hobs", print_hobs(listed("")));
  write("b.boot", "boot v1\nboard heap-low\nGetHobList\n");
  write("crash-1", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  write("crash-2.txt", "hobs v1\nmemory 0 0 0 0\n");
  write("torn.hobs", "hobs v1\nCpuu\n");
  std::vector<Input> inputs = read_inputs({folder_.native()}, BytesAre::Lists);
  ASSERT_EQ(inputs.size(), 5U);
  EXPECT_EQ(std::get<HobListInput>(inputs[0].content), listed(""));
  EXPECT_TRUE(std::holds_alternative<oracle::Program>(inputs[1].content));
  EXPECT_EQ(std::get<HobListInput>(inputs[2].content), listed("Pool 40\n"));
  EXPECT_TRUE(std::holds_alternative<HobListInput>(inputs[3].content));
  EXPECT_TRUE(std::holds_alternative<Unreadable>(inputs[4].content));
  inputs = read_inputs({folder_.native()});
  EXPECT_TRUE(std::holds_alternative<HobListInput>(inputs[0].content));
  EXPECT_TRUE(std::holds_alternative<oracle::Program>(inputs[2].content));
}

}  // namespace
}  // namespace hobnail
