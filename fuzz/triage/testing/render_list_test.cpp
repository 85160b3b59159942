// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Every form of the record of a HOB list: what is said of ops and calls elsewhere is of HOBs here,
// or is not said.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <variant>

#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/html.h"
#include "fuzz/triage/report/issue.h"
#include "fuzz/triage/report/junit.h"
#include "fuzz/triage/report/sarif.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/report/write_reports.h"
#include "fuzz/triage/testing/sample_record.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using nlohmann::json;

bool holds(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

TriageReport report_of_lists() {
  TriageReport report;
  report.target = "a core";
  report.records = {list_record()};
  report.files = 1;
  return report;
}

TEST(RenderList, ParsesToTheList) {
  const auto parsed = oracle::parse_hobs(render_boot(list_record()));
  ASSERT_TRUE(std::holds_alternative<oracle::HobListInput>(parsed));
  EXPECT_EQ(std::get<oracle::HobListInput>(parsed), *list_record().list);
}

TEST(RenderList, KnowsTheLinesOfHobs) {
  TriageRecord record = list_record();
  const BootLines lines(record);
  EXPECT_EQ(lines.text(lines.of_op(0)), "Cpu 40");
  EXPECT_EQ(lines.text(lines.of_finding()), record.op_text);
  EXPECT_EQ(lines.op(2), record.op_text);
  EXPECT_TRUE(lines.text(lines.of_op(3)).starts_with("memory ")) << "the PHIT";
  EXPECT_EQ(lines.text(lines.head() + 1), "hobs v1");
}

TEST(RenderList, SaysWhatHappenedInItsOwnWords) {
  TriageRecord record = list_record();
  EXPECT_EQ(headline(record), "DXE-MAP: the reading of a HOB list");
  EXPECT_EQ(what_happened(record),
            "A reader misreads this HOB list: HOB 2 (Allocation "
            "RuntimeServicesData 0x300000 0x1000).");
  record.kind = FindingKind::Hang;
  record.op_text = "";
  EXPECT_EQ(what_happened(record), "Reading this HOB list does not return in time.");
  EXPECT_TRUE(class_in_words(record).ends_with("DXE must accept the list"));
}

TEST(RenderList, IsReplayedAsAList) {
  ReportSetting setting;
  setting.replay = "hobnail replay --target x.so";
  EXPECT_EQ(replay_line(list_record(), setting, "a b.hobs"), "hobnail replay 'a b.hobs'");
  EXPECT_EQ(program_path(list_record()), "buckets/00112233445566aa/list.hobs");
}

TEST(RenderList, AnIssueHasTheListAndNoTest) {
  const std::string text = render_issue(list_record(), {});
  for (const char* word :
       {"Save this as `list.hobs` (4 HOBs and patches; it was 40)", "hobnail replay list.hobs",
        "no test of its own", "Allocation RuntimeServicesData 0x300000 0x1000"}) {
    EXPECT_TRUE(holds(text, word)) << word;
  }
  EXPECT_FALSE(holds(text, "test.cpp"));
}

TEST(RenderList, ThePageMarksTheHob) {
  const std::string page = render_html(report_of_lists(), {});
  EXPECT_TRUE(holds(page, "<mark>Allocation RuntimeServicesData 0x300000 0x1000</mark>"));
  EXPECT_TRUE(holds(page, "buckets/00112233445566aa/list.hobs"));
  EXPECT_FALSE(holds(page, "test.cpp"));
  EXPECT_FALSE(holds(page, "bench."));
}

TEST(RenderList, SarifStandsOnTheHob) {
  const json result = json::parse(render_sarif(report_of_lists(), {}))["runs"][0]["results"][0];
  const json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "buckets/00112233445566aa/list.hobs");
  EXPECT_EQ(place["region"]["startLine"], BootLines(list_record()).of_op(2));
  EXPECT_EQ(result["locations"][0]["logicalLocations"][0]["name"], "HOB list");
  EXPECT_FALSE(result.contains("codeFlows"));
}

TEST(RenderList, JunitAndJsonHaveItsText) {
  EXPECT_TRUE(holds(render_junit(report_of_lists(), {}), "hobnail replay buckets/"));
  const json record = to_json(list_record());
  EXPECT_EQ(record["input"], "list");
  EXPECT_EQ(record["ops_after"], 4);
  EXPECT_EQ(record["program"], list_record().program_text);
  EXPECT_EQ(to_json(sample_record())["input"], "boot");
}

TEST(RenderList, ItsFolderHasNoTest) {
  const fs::path out = fs::path(testing::TempDir()) / "hobnail_write_lists";
  fs::remove_all(out);
  TriageReport report = report_of_lists();
  ASSERT_EQ(write_reports(report, {}, out.string()), "");
  const fs::path folder = out / "buckets/00112233445566aa";
  EXPECT_EQ(report.records[0].program_file, (folder / "list.hobs").generic_string());
  EXPECT_GT(fs::file_size(folder / "list.hobs"), 100U);
  EXPECT_TRUE(fs::exists(folder / "issue.md"));
  EXPECT_FALSE(fs::exists(folder / "test.cpp"));
  report.records.clear();
  ASSERT_EQ(write_reports(report, {}, out.string()), "");
  EXPECT_FALSE(fs::exists(folder));
  fs::remove_all(out);
}

}  // namespace
}  // namespace hobnail
