// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// planted_reports: the reports of all planted bugs, for validators, for the eye, and for the test
// that a printed test compiles and tells the broken target from the sound one.
//
//   planted_reports DIR              every report
//   planted_reports --test RULE FILE the test of one rule's fault
#include <cstdio>
#include <fstream>
#include <string_view>

#include "fuzz/triage/report/cpp_test.h"
#include "fuzz/triage/report/write_reports.h"
#include "fuzz/triage/testing/planted_record.h"
#include "properties/oracle/rules/rules.h"

namespace {

int write_test(std::string_view rule, const char* path) {
  for (const hobnail::oracle::Fault& fault : hobnail::oracle::all_faults()) {
    if (hobnail::oracle::rule_name(fault.rule) != rule) continue;
    const auto record = hobnail::planted_record(fault);
    if (!record) break;
    std::ofstream out(path);
    out << hobnail::render_cpp(*record, {});
    out.close();
    return out.fail() ? 2 : 0;
  }
  std::fprintf(stderr, "planted_reports: this build sees no fault of %.*s\n",
               static_cast<int>(rule.size()), rule.data());
  return 2;
}

int write_all(const char* directory) {
  hobnail::TriageReport report = hobnail::planted_report();
  hobnail::ReportSetting setting;
  setting.build = hobnail::this_build();
  setting.home = "https://hobnail.example";
  const std::string error = hobnail::write_reports(report, setting, directory);
  if (!error.empty()) std::fprintf(stderr, "planted_reports: %s\n", error.c_str());
  std::printf("%zu records\n", report.records.size());
  return error.empty() && !report.records.empty() ? 0 : 2;
}

}  // namespace

int main(int count, char** words) {
  if (count == 2) return write_all(words[1]);
  if (count == 4 && std::string_view(words[1]) == "--test") return write_test(words[2], words[3]);
  std::fputs("usage: planted_reports DIR | planted_reports --test RULE FILE\n", stderr);
  return 2;
}
