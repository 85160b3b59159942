// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The forms that other programs read: SARIF, JUnit, HTML. ci/lint/validate-reports has them read by
// parsers and validators.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/html.h"
#include "fuzz/triage/report/junit.h"
#include "fuzz/triage/report/sarif.h"
#include "fuzz/triage/testing/sample_record.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using nlohmann::json;

std::size_t count_of(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

json sarif_run(const TriageReport& report, const ReportSetting& setting = {}) {
  return json::parse(render_sarif(report, setting))["runs"][0];
}

TEST(RenderSarif, HasARuleForEachFindingAndAPlaceForEach) {
  const json run = sarif_run(sample_report());
  EXPECT_EQ(run["tool"]["driver"]["rules"].size(), oracle::rules().size() + 1);
  ASSERT_EQ(run["results"].size(), 2U);
  for (const json& result : run["results"]) {
    const json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
    EXPECT_EQ(rule["id"], result["ruleId"]);
    ASSERT_EQ(result["locations"].size(), 1U);
    const json& place = result["locations"][0]["physicalLocation"];
    EXPECT_GE(place["region"]["startLine"].get<int>(), 1);
    EXPECT_NE(place["artifactLocation"]["uri"].get<std::string>()[0], '/');
  }
}

TEST(RenderSarif, NamesTheBucketAsItsIdentity) {
  const json result = sarif_run(sample_report())["results"][0];
  EXPECT_EQ(result["partialFingerprints"]["primaryLocationLineHash"], "0123456789abcdef:1");
  EXPECT_EQ(result["partialFingerprints"]["hobnail/v1"], "0123456789abcdef");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            "EFI_PEI_SERVICES.FreePages");
}

TEST(RenderSarif, StandsOnTheLineOfTheOp) {
  const json result = sarif_run(sample_report())["results"][0];
  const json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "buckets/0123456789abcdef/program.boot");
  EXPECT_EQ(place["region"]["startLine"], BootLines(sample_record()).of_op(1));
  EXPECT_EQ(place["region"]["endColumn"], 17) << "FreePages p0+1 1";
}

TEST(RenderSarif, StandsInTheSourceWhereFramesTell) {
  TriageReport report = sample_report();
  report.records[0].frames = {"memcpy", "FreePages"};
  report.records[0].sources = {{"/usr/lib/x.c", 1}, {"/repo/my core/pages.c", 42}};
  ReportSetting setting;
  setting.root = "/repo";
  const json place = sarif_run(report, setting)["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "my%20core/pages.c");
  EXPECT_EQ(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(place["region"]["startLine"], 42);
}

// upload-sarif warns of any primaryLocationLineHash but its own, which it computes from the line of
// a source file: with it, a rule must not have two results on a line.
TEST(RenderSarif, LeavesTheHashOfASourceLineToTheUpload) {
  TriageReport report = sample_report();
  report.records[1] = report.records[0];
  report.records[1].fingerprint = "fedcba9876543210";
  for (TriageRecord& record : report.records) record.sources = {{"/repo/pages.c", 42}};
  ReportSetting setting;
  setting.root = "/repo";
  const json results = sarif_run(report, setting)["results"];
  EXPECT_FALSE(results[0]["partialFingerprints"].contains("primaryLocationLineHash"));
  EXPECT_EQ(results[0]["partialFingerprints"]["hobnail/v1"], "0123456789abcdef");
  const json& place = results[1]["locations"][0]["physicalLocation"]["artifactLocation"];
  EXPECT_EQ(place["uri"], "buckets/fedcba9876543210/program.boot");
  EXPECT_EQ(place["uriBaseId"], "%REPORTS%");
  EXPECT_EQ(results[1]["partialFingerprints"]["primaryLocationLineHash"], "fedcba9876543210:1");
}

TEST(RenderSarif, HasACategory) {
  ReportSetting setting;
  const json unnamed = sarif_run(sample_report(), setting)["automationDetails"]["id"];
  EXPECT_TRUE(unnamed.get<std::string>().starts_with("hobnail/")) << unnamed;
  setting.category = "nightly/address";
  EXPECT_EQ(sarif_run(sample_report(), setting)["automationDetails"]["id"], "nightly/address/");
}

TEST(RenderSarif, FlowsThroughTheOps) {
  const json flow = sarif_run(sample_report())["results"][0]["codeFlows"][0]["threadFlows"][0];
  ASSERT_EQ(flow["locations"].size(), 2U);
  EXPECT_EQ(flow["locations"][0]["location"]["message"]["text"],
            "AllocatePages (EfiBootServicesData, 0x2) = EFI_SUCCESS -> 0x1000");
  EXPECT_EQ(flow["locations"][1]["importance"], "essential");
}

TEST(RenderSarif, KeepsGitHubsLimits) {
  TriageReport report;
  TriageRecord record = sample_record();
  record.program.ops.resize(1500);
  record.title = std::string(5000, 'x');
  record.rule = "ANOTHER";
  report.records = {record};
  const json run = sarif_run(report);
  const json& flow = run["results"][0]["codeFlows"][0]["threadFlows"][0];
  EXPECT_EQ(flow["locations"].size(), kSarifStepsMax);
  const json& rule = run["tool"]["driver"]["rules"].back();
  EXPECT_LE(rule["fullDescription"]["text"].get<std::string>().size(), 1024U);
}

TEST(RenderJunit, CountsWhatItHas) {
  const std::string xml = render_junit(sample_report(), {});
  EXPECT_EQ(clean_text(xml), xml);
  EXPECT_EQ(count_of(xml, "<testcase "), 6U);  // 2 buckets, 3 files, and one for 2 files
  EXPECT_EQ(count_of(xml, "<failure "), 2U);
  EXPECT_EQ(count_of(xml, "<error "), 1U);
  EXPECT_EQ(count_of(xml, "<skipped "), 2U);
  EXPECT_EQ(count_of(xml, "tests=\"6\" failures=\"2\" errors=\"1\" skipped=\"2\" time=\"1.500\""),
            2U);
  EXPECT_EQ(count_of(xml, "name=\"FREED-MARKED/FreePages/permanent/freed middle\""), 1U);
}

TEST(RenderJunit, WhatIsKnownDoesNotFail) {
  TriageReport report;
  report.records = {sample_record()};
  report.records[0].known_state = KnownState::Known;
  const std::string xml = render_junit(report, {});
  EXPECT_EQ(count_of(xml, "<failure "), 0U);
  EXPECT_EQ(count_of(xml, "<skipped message=\"known"), 1U);
}

TEST(RenderHtml, HasATableAndASectionForEachBucket) {
  const std::string page = render_html(sample_report(), {});
  EXPECT_EQ(clean_text(page), page);
  EXPECT_EQ(count_of(page, "href=\"#bucket-0123456789abcdef\""), 1U);
  EXPECT_EQ(count_of(page, "<section id=\"bucket-0123456789abcdef\">"), 1U);
  EXPECT_EQ(count_of(page, "<mark>FreePages p0+1 1</mark>"), 2U);
}

TEST(RenderHtml, TakesNothingForMarkup) {
  const std::string page = render_html(sample_report(), {});
  EXPECT_EQ(count_of(page, "<script"), 0U);
  EXPECT_EQ(count_of(page, "<b>"), 0U);
  EXPECT_EQ(count_of(page, "<img"), 0U) << "a picture that is none of ours";
  EXPECT_EQ(count_of(page, "http:"), 0U);
}

TEST(RenderHtml, ShowsThePicture) {
  TriageReport report = sample_report();
  report.records[0].picture = "<div class=\"boot figure\"><svg></svg></div>";
  EXPECT_EQ(count_of(render_html(report, {}), "<div class=\"boot figure\"><svg>"), 1U);
}

TEST(RenderHtml, SaysWhenThereIsNothing) {
  TriageReport report;
  report.files = 3;
  EXPECT_EQ(count_of(render_html(report, {}), "No finding in 3 files."), 1U);
}

}  // namespace
}  // namespace hobnail
