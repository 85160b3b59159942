// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The head of the page, the buckets by state, what is new first, and what is in no bucket.
#include "fuzz/triage/report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/html_bucket.h"
#include "fuzz/triage/report/sentences.h"
#include "fuzz/triage/report/style.h"

namespace hobnail {
namespace {

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::size_t in_state(const TriageReport& report, KnownState state) {
  return static_cast<std::size_t>(
      std::count_if(report.records.begin(), report.records.end(),
                    [&](const TriageRecord& record) { return record.known_state == state; }));
}

std::size_t unfit(const TriageReport& report, SkipReason reason) {
  return static_cast<std::size_t>(
      std::count_if(report.skipped.begin(), report.skipped.end(),
                    [&](const SkippedFile& other) { return other.reason == reason; }));
}

std::string verdict(const TriageReport& report) {
  if (report.records.empty()) {
    return fmt::format("No finding in {}.", counted(report.files, "file", "files"));
  }
  std::string out =
      fmt::format("{} in {}: {} new", counted(report.records.size(), "bug", "bugs"),
                  counted(report.files, "file", "files"), in_state(report, KnownState::New));
  const std::size_t known = in_state(report, KnownState::Known);
  const std::size_t returned = in_state(report, KnownState::Returned);
  if (returned != 0) out += fmt::format(", {} that had been fixed and came back", returned);
  if (known != 0) out += fmt::format(", {} known", known);
  return out + ".";
}

std::string others_in_words(const TriageReport& report) {
  std::string out;
  const auto add = [&](SkipReason reason, std::string_view words) {
    const std::size_t count = unfit(report, reason);
    if (count != 0) {
      out +=
          fmt::format("{}{} {}", out.empty() ? "" : ", ", counted(count, "file", "files"), words);
    }
  };
  add(SkipReason::NoFinding, "without a finding");
  add(SkipReason::NotReproducible, "not reproducible");
  add(SkipReason::Skipped, "for a board that this build cannot map");
  add(SkipReason::Unreadable, "unreadable");
  add(SkipReason::NotClassified, "not classified (time limit)");
  return out.empty() ? "" : out + ".";
}

std::string head(const TriageReport& report, const ReportSetting& setting) {
  const std::string title =
      markup_text(one_line(setting.title.empty() ? "Triage of " + report.target : setting.title));
  std::string facts =
      setting.facts.empty()
          ? fmt::format("{}, {} in {:.1f} s", counted(report.executions, "run", "runs"),
                        counted(report.ops, "call", "calls"), report.seconds)
          : markup_text(one_line(setting.facts));
  facts += " \xc2\xb7 Hobnail " + markup_text(one_line(setting.version));
  if (!setting.build.empty()) facts += ", " + markup_text(one_line(setting.build));
  if (!setting.started.empty()) facts += " \xc2\xb7 " + markup_text(one_line(setting.started));
  const std::string first = setting.verdict.empty()
                                ? verdict(report) + " " + others_in_words(report)
                                : markup_text(one_line(setting.verdict));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n"
      "<p class=\"verdict\">{2}</p>\n<p class=\"dim\">{3}</p>\n",
      title, html_style(), first, facts);
}

std::string bucket_row(const TriageRecord& record) {
  return fmt::format(
      "<tr><td class=\"code whole\"><a href=\"#{}\">{}</a></td><td>{}</td>"
      "<td class=\"code whole\">{}</td><td>{}</td><td class=\"code\">{}</td>"
      "<td class=\"whole\">{}</td><td class=\"count\">{}</td></tr>\n",
      html_anchor(record), markup_text(one_line(record.fingerprint)), html_state(record),
      markup_text(one_line(record.rule)), markup_text(one_line(record.title)),
      markup_text(one_line(record.op_text.empty() ? record.op_name : record.op_text)),
      markup_text(one_line(record.calls)), record.count());
}

// What wants attention first.
constexpr std::array<std::pair<KnownState, std::string_view>, 3> kStates{
    {{KnownState::New, "New"},
     {KnownState::Returned, "Fixed, and back"},
     {KnownState::Known, "Known"}}};

template <typename Take>
void for_each_in(const TriageReport& report, KnownState state, const Take& take) {
  for (const TriageRecord& record : report.records) {
    if (record.known_state == state) take(record);
  }
}

std::string table(const TriageReport& report, KnownState state, std::string_view title) {
  const std::size_t count = in_state(report, state);
  if (count == 0) return "";
  std::string out = fmt::format("<h2>{}: {}</h2>\n", title, counted(count, "bug", "bugs"));
  out +=
      "<div class=\"scroll\"><table><thead><tr><th>bucket</th><th>state</th><th>rule</th>"
      "<th>what should hold</th><th>op</th><th>class</th><th "
      "class=\"count\">files</th></tr></thead>"
      "<tbody>\n";
  for_each_in(report, state, [&](const TriageRecord& record) { out += bucket_row(record); });
  return out + "</tbody></table></div>\n";
}

std::string other_row(const SkippedFile& other) {
  const std::string tries =
      other.tried == 0 ? "" : fmt::format("{} of {}", other.reproduced, other.tried);
  return fmt::format(
      "<tr><td class=\"code\">{}</td><td class=\"whole\">{}</td>"
      "<td class=\"whole\">{}</td><td>{}</td></tr>\n",
      markup_text(one_line(other.file.path)), skip_reason_name(other.reason), tries,
      markup_text(one_line(other.words)));
}

std::string others(const TriageReport& report) {
  if (report.skipped.empty()) return "";
  std::string out =
      "<section>\n<h2>Files in no bucket</h2>\n<div class=\"scroll\"><table><thead><tr>"
      "<th>file</th><th>why</th><th>seen</th><th>what is the matter</th></tr></thead><tbody>\n";
  for (const SkippedFile& other : report.skipped) out += other_row(other);
  return out + "</tbody></table></div>\n</section>\n";
}

}  // namespace

std::string render_html(const TriageReport& report, const ReportSetting& setting) {
  std::string out = head(report, setting);
  for (const auto& [state, title] : kStates) out += table(report, state, title);
  out += setting.figures;
  for (const auto& [state, title] : kStates) {
    for_each_in(report, state,
                [&](const TriageRecord& record) { out += html_bucket(record, setting); });
  }
  return out + others(report) + "</body>\n</html>\n";
}

}  // namespace hobnail
