// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The directory that a triage run leaves.
#include "fuzz/triage/report/write_reports.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "fuzz/triage/testing/sample_record.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

class WriteReports : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(out_); }
  void TearDown() override { fs::remove_all(out_); }

  fs::path out_ = fs::path(::testing::TempDir()) / "hobnail_write_reports";
};

TEST_F(WriteReports, LeavesEveryForm) {
  TriageReport report = sample_report();
  ASSERT_EQ(write_reports(report, {}, out_.string()), "");
  const char* const files[] = {"index.html",
                               "triage.json",
                               "triage.sarif",
                               "junit.xml",
                               "buckets/0123456789abcdef/program.boot",
                               "buckets/0123456789abcdef/issue.md",
                               "buckets/0123456789abcdef/test.cpp",
                               "buckets/fedcba9876543210/program.boot"};
  for (const char* file : files) EXPECT_GT(fs::file_size(out_ / file), 100U) << file;
  EXPECT_EQ(report.records[0].program_file,
            (out_ / "buckets/0123456789abcdef/program.boot").generic_string());
}

TEST_F(WriteReports, ForgetsTheBucketsOfAnEarlierRun) {
  TriageReport report = sample_report();
  ASSERT_EQ(write_reports(report, {}, out_.string()), "");
  fs::create_directories(out_ / "buckets/not-ours");
  report.records.pop_back();
  ASSERT_EQ(write_reports(report, {}, out_.string()), "");
  EXPECT_FALSE(fs::exists(out_ / "buckets/fedcba9876543210"));
  EXPECT_TRUE(fs::exists(out_ / "buckets/0123456789abcdef"));
  EXPECT_TRUE(fs::exists(out_ / "buckets/not-ours")) << "no bucket of ours";
}

TEST_F(WriteReports, SaysWhatItCannotWrite) {
  std::ofstream(out_) << "a file where the directory should be";
  TriageReport report = sample_report();
  EXPECT_NE(write_reports(report, {}, out_.string()), "");
}

}  // namespace
}  // namespace hobnail
