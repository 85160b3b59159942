// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The forms that are text: `.boot`, Markdown, C++, JSON.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <variant>

#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/cpp_calls.h"
#include "fuzz/triage/report/cpp_test.h"
#include "fuzz/triage/report/issue.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/testing/sample_record.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

std::string line_of(const std::string& text, std::size_t number) {
  std::size_t from = 0;
  for (; number > 1; --number) from = text.find('\n', from) + 1;
  return text.substr(from, text.find('\n', from) - from);
}

TEST(RenderBoot, ParsesToTheProgram) {
  for (const TriageRecord& record : {sample_record(), nasty_record()}) {
    const auto parsed = oracle::parse_text(render_boot(record));
    ASSERT_TRUE(std::holds_alternative<oracle::Program>(parsed));
    EXPECT_EQ(std::get<oracle::Program>(parsed), record.program);
  }
}

TEST(RenderBoot, KnowsTheLinesOfOps) {
  for (const TriageRecord& record : {sample_record(), nasty_record()}) {
    const std::string text = render_boot(record);
    const BootLines lines(record);
    EXPECT_EQ(line_of(text, lines.of_op(0)), "p0 = AllocatePages BootServicesData 2");
    EXPECT_EQ(line_of(text, lines.of_op(1)), "FreePages p0+1 1");
    EXPECT_EQ(line_of(text, lines.of_op(2)), "FreePages p0+1 1") << "the end checks";
    EXPECT_EQ(lines.op(0), "p0 = AllocatePages BootServicesData 2");
    EXPECT_EQ(lines.op(2), "");
    EXPECT_EQ(line_of(text, lines.head() + 1), "boot v1");
  }
}

TEST(RenderBoot, ARepeatedOpStandsInItsFirstRound) {
  TriageRecord record = sample_record();
  record.program = std::get<oracle::Program>(
      oracle::parse_text("boot v1\nboard roomy\nGetBootMode\nrepeat 20 {\n  AllocatePool 8\n"
                         "  p0 = AllocatePages 4 1\n}\nFreePages p19 1\n"));
  record.op = 41;
  const std::string text = render_boot(record);
  const BootLines lines(record);
  EXPECT_EQ(line_of(text, lines.of_op(0)), "GetBootMode");
  EXPECT_EQ(line_of(text, lines.of_op(1)), "  b0 = AllocatePool 8");
  EXPECT_EQ(lines.of_op(1), lines.of_op(39));
  EXPECT_EQ(lines.op(39), "b19 = AllocatePool 8");
  EXPECT_EQ(lines.op(40), "p19 = AllocatePages BootServicesData 1");
  EXPECT_EQ(line_of(text, lines.of_finding()), "FreePages p19 1");
  EXPECT_EQ(lines.of_finding(), lines.count());
}

TEST(RenderBoot, TheEntryStandsOnTheBoard) {
  TriageRecord record = sample_record();
  record.op_name = "enter";
  const BootLines lines(record);
  EXPECT_EQ(lines.text(lines.of_finding()), "board heap-low");
}

TEST(RenderIssue, SaysWhatAnEngineerNeeds) {
  const std::string text = render_issue(sample_record(), {});
  EXPECT_EQ(line_of(text, 1), "# FREED-MARKED: FreePages in permanent memory");
  for (const char* word : {"PI 1.8 Vol 1 4.6", "Op 1 (FreePages p0+1 1) answers SUCCESS.",
                           "is still described", "hobnail replay --trace program.boot",
                           "3 of 3 tries", "| fingerprint | 0123456789abcdef |"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

TEST(RenderIssue, HoldsNastyText) {
  const std::string text = render_issue(nasty_record(), {});
  EXPECT_EQ(clean_text(text), text);
  // Outside of fences nothing of it is markup; the fences are longer than its own.
  EXPECT_EQ(line_of(text, 1).find("<b>"), std::string::npos);
  EXPECT_NE(text.find("\n````text\n"), std::string::npos);
}

TEST(RenderCpp, CallsWithTheArgumentsOfTheProgram) {
  EXPECT_EQ(test_calls(sample_record()),
            "  bench.op(0, \"p0 = AllocatePages BootServicesData 2\");\n"
            "  const int p0 = bench.AllocatePages(pei::EfiBootServicesData, 0x2);\n"
            "  bench.op(1, \"FreePages p0+1 1\");\n"
            "  bench.FreePages(bench.place(p0, 0x1000), 0x1);\n");
  EXPECT_EQ(needs_the_oracle(sample_record()), "");
}

TEST(RenderCpp, SaysWhatItCannotTell) {
  TriageRecord record = sample_record();
  record.rule = "CONSERVATION";
  EXPECT_NE(needs_the_oracle(record).find("CONSERVATION"), std::string::npos);
  EXPECT_NE(render_cpp(record, {}).find("return 2;"), std::string::npos);
  record = sample_record();
  record.op = 2;
  EXPECT_NE(needs_the_oracle(record).find("end of the boot"), std::string::npos);
  record = sample_record();
  record.trace.clear();
  record.op_records.clear();
  record.program.ops[1].quantity.measure = oracle::Measure::Whole;
  EXPECT_NE(needs_the_oracle(record).find("depends on the moment"), std::string::npos);
}

TEST(RenderCpp, ReadsMeasuresFromTheRecords) {
  TriageRecord record = sample_record();
  record.program.ops[1].quantity.measure = oracle::Measure::Whole;
  record.op_records[1].call->b = 7;
  EXPECT_NE(test_calls(record).find("bench.FreePages(bench.place(p0, 0x1000), 0x7);"),
            std::string::npos);
}

TEST(RenderCpp, HoldsNastyText) {
  const std::string text = render_cpp(nasty_record(), {});
  EXPECT_EQ(clean_text(text), text);
  EXPECT_EQ(text.find("\\\n"), std::string::npos) << "a comment would go on";
}

TEST(RecordJson, IsReadBack) {
  const auto json = nlohmann::json::parse(
      to_json(sample_report()).dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
  EXPECT_EQ(json["version"], 2);
  ASSERT_EQ(json["findings"].size(), 2U);
  EXPECT_EQ(json["findings"][0]["rule"], "FREED-MARKED");
  EXPECT_EQ(json["findings"][0]["op"], 1);
  EXPECT_EQ(json["skipped"].size(), 5U);
}

}  // namespace
}  // namespace hobnail
