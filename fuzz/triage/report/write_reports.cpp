// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files and directories; renderers make their contents.
#include "fuzz/triage/report/write_reports.h"

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fuzz/inputs/write_file.h"
#include "fuzz/triage/record/record_json.h"
#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/cpp_test.h"
#include "fuzz/triage/report/html.h"
#include "fuzz/triage/report/issue.h"
#include "fuzz/triage/report/junit.h"
#include "fuzz/triage/report/sarif.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

// A directory of ours holds one file at least that we have written; another is not emptied.
void clear_buckets(const fs::path& directory) {
  const fs::path buckets = directory / "buckets";
  if (!fs::exists(buckets)) return;
  for (const auto& entry : fs::directory_iterator(buckets)) {
    const bool ours =
        fs::exists(entry.path() / "program.boot") || fs::exists(entry.path() / "list.hobs");
    if (ours) fs::remove_all(entry.path());
  }
}

void write_bucket(TriageRecord& record, const ReportSetting& setting, const fs::path& directory) {
  const fs::path folder = directory / bucket_folder(record);
  fs::create_directories(folder);
  write_file(folder / program_name(record), render_boot(record));
  const std::vector<std::string> history = history_names(record);
  for (std::size_t i = 0; i < history.size(); ++i) {
    write_file(folder / history[i], record.history[i]);
  }
  write_file(folder / "issue.md", render_issue(record, setting));
  if (has_test(record)) write_file(folder / "test.cpp", render_cpp(record, setting));
}

}  // namespace

std::string write_reports(TriageReport& report, const ReportSetting& setting,
                          const std::string& directory) {
  try {
    const fs::path out(directory);
    fs::create_directories(out);
    clear_buckets(out);
    for (TriageRecord& record : report.records) {
      record.program_file = (out / bucket_folder(record) / program_name(record)).generic_string();
      write_bucket(record, setting, out);
    }
    write_file(out / "index.html", render_html(report, setting));
    write_file(out / "triage.sarif", render_sarif(report, setting));
    write_file(out / "junit.xml", render_junit(report, setting));
    write_json_file(out / "triage.json", to_json(report));
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace hobnail
