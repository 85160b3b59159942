// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cases first, for the suite's head counts them.
#include "fuzz/triage/report/junit.h"

#include <fmt/format.h>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

struct Cases {
  std::string xml;
  unsigned tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string class_name(const TriageReport& report) {
  return "hobnail." + file_word(report.target.empty() ? "target" : report.target);
}

// `inner` is markup already.
void add_case(Cases& cases, const std::string& class_name, std::string_view name,
              const std::string& inner) {
  ++cases.tests;
  cases.xml += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"",
                           markup_text(class_name), markup_text(one_line(name)));
  cases.xml += inner.empty() ? "/>\n" : ">\n" + inner + "    </testcase>\n";
}

std::string text_of(const TriageRecord& record, const ReportSetting& setting) {
  std::string text =
      fmt::format("{}\nExpected: {}\nClass: {}\nReproduced: {}\nFiles: {}\n\n{}\n\n",
                  what_happened(record), what_was_expected(record), class_in_words(record),
                  reproduced_in_words(record), record.count(), record.evidence);
  if (!record.death.empty()) text += fmt::format("The process ended: {}\n", record.death);
  for (const std::string& frame : record.frames) text += fmt::format("  in {}\n", frame);
  text += render_boot(record);
  return text + fmt::format("\n{}\n", replay_line(record, setting, program_path(record)));
}

void add_record(Cases& cases, const std::string& name, const TriageRecord& record,
                const ReportSetting& setting) {
  if (record.known_state == KnownState::Known) {
    ++cases.skipped;
    const std::string since = record.known_since.empty() ? "" : " since " + record.known_since;
    return add_case(cases, name, record.bucket,
                    fmt::format("      <skipped message=\"known{}: {}\"/>\n",
                                markup_text(one_line(since)), markup_text(headline(record))));
  }
  ++cases.failures;
  const std::string back = record.known_state == KnownState::Returned ? "returned: " : "";
  add_case(cases, name, record.bucket,
           fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                       markup_text(one_line(record.rule)),
                       markup_text(back + headline(record) + ": " + one_line(record.evidence)),
                       markup_text(text_of(record, setting))));
}

void add_other(Cases& cases, const std::string& name, const SkippedFile& other) {
  const std::string message = markup_text(one_line(other.words));
  if (other.reason == SkipReason::Unreadable) {
    ++cases.errors;
    add_case(cases, name, other.file.path,
             fmt::format("      <error type=\"unreadable\" message=\"{}\"/>\n", message));
  } else if (other.reason != SkipReason::NoFinding) {
    ++cases.skipped;
    add_case(cases, name, other.file.path,
             fmt::format("      <skipped message=\"{}, {} of {} tries: {}\"/>\n",
                         skip_reason_name(other.reason), other.reproduced, other.tried, message));
  }
}

std::size_t without_finding(const TriageReport& report) {
  std::size_t count = 0;
  for (const SkippedFile& other : report.skipped) {
    if (other.reason == SkipReason::NoFinding) ++count;
  }
  return count;
}

std::string counts_of(const Cases& cases, double seconds) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"",
                     cases.tests, cases.failures, cases.errors, cases.skipped, seconds);
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name,
                     markup_text(one_line(value)));
}

// "2026-11-24T20:15:16Z" without the letter that old readers stumble over.
std::string timestamp(const ReportSetting& setting) {
  if (setting.started.empty()) return "";
  std::string when = setting.started;
  if (when.back() == 'Z') when.pop_back();
  return fmt::format(" timestamp=\"{}\"", markup_text(one_line(when)));
}

}  // namespace

std::string render_junit(const TriageReport& report, const ReportSetting& setting) {
  Cases cases;
  const std::string name = class_name(report);
  for (const TriageRecord& record : report.records) add_record(cases, name, record, setting);
  for (const SkippedFile& other : report.skipped) add_other(cases, name, other);
  for (const std::string& passed : setting.passed) add_case(cases, name, passed, "");
  if (const std::size_t good = without_finding(report); good != 0) {
    add_case(cases, name, "files without a finding",
             fmt::format("      <system-out>{} files ran without a finding\n"
                         "</system-out>\n",
                         good));
  }
  const std::string counts = counts_of(cases, report.seconds);
  return fmt::format(
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hobnail triage\" {}>\n"
             "  <testsuite name=\"{}\" hostname=\"localhost\"{} {}>\n    <properties>\n",
             counts, markup_text(name), timestamp(setting), counts) +
         property("hobnail", setting.version) + property("build", setting.build) +
         property("target", report.target) + property("files", std::to_string(report.files)) +
         property("executions", std::to_string(report.executions)) +
         property("ops", std::to_string(report.ops)) + "    </properties>\n" + cases.xml +
         "  </testsuite>\n</testsuites>\n";
}

}  // namespace hobnail
