// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Figures as a table, edges over time as lines.
#include "fuzz/campaign/page.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fuzz/boot_view/markup.h"
#include "fuzz/terminal/progress_line.h"

namespace hobnail {
namespace {

using nlohmann::json;

std::string escaped(const json& value) { return escape_markup(value.get<std::string>()); }

std::string targets_table(const json& rows) {
  constexpr std::array<std::pair<std::string_view, const char*>, 7> kColumns{
      {{"executions", "executions"},
       {"per second", "rate"},
       {"edges", "cov"},
       {"features", "ft"},
       {"corpus", "corpus"},
       {"new units", "new_units"},
       {"findings", "findings"}}};
  std::string text = "<div class=\"scroll\"><table><thead><tr><th>fuzz target</th>";
  for (const auto& [title, key] : kColumns)
    text += fmt::format("<th class=\"count\">{}</th>", title);
  text += "</tr></thead><tbody>\n";
  for (const json& row : rows) {
    text += fmt::format("<tr><td>{}</td>", escaped(row["name"]));
    for (const auto& [title, key] : kColumns) {
      text += fmt::format("<td class=\"count\">{}</td>", grouped(row[key]));
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

// Edges over time, as one line.
std::string coverage_picture(const json& row) {
  const json& points = row["history"];
  if (points.size() < 2) return {};
  const double span = std::max(points.back()[0].get<double>(), 1.0);
  double top = 1;
  for (const json& point : points) top = std::max(top, point[1].get<double>());
  std::string line;
  for (const json& point : points) {
    line += fmt::format("{:.2f},{:.2f} ", 100 * point[0].get<double>() / span,
                        98 - 92 * point[1].get<double>() / top);
  }
  const auto text_of = [](const json& point) {
    return fmt::format("{} edges after {}", grouped(point[1]), clock_text(point[0]));
  };
  return fmt::format(
      "<h3>{}</h3><svg class=\"curve\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" "
      "role=\"img\" aria-label=\"edges over time\"><rect width=\"100\" height=\"100\"/><polyline "
      "points=\"{}\"/></svg><p class=\"dim\">{}, {}</p>\n",
      escaped(row["name"]), line, text_of(points.front()), text_of(points.back()));
}

// "services_fuzz: 12,345 executions" of targets that found nothing.
std::vector<std::string> passed(const json& rows) {
  std::vector<std::string> names;
  for (const json& row : rows) {
    if (row["findings"] != 0 || row["failures"] != 0) continue;
    names.push_back(fmt::format("{}: {} executions", row["name"].get<std::string>(),
                                grouped(row["executions"])));
  }
  return names;
}

// "3 bugs: 1 new, 1 fixed and back, 1 known"
std::string bugs_text(const std::vector<TriageRecord>& records) {
  constexpr std::array<std::pair<KnownState, std::string_view>, 3> kStates{
      {{KnownState::New, "new"},
       {KnownState::Returned, "fixed and back"},
       {KnownState::Known, "known"}}};
  std::string states;
  for (const auto& [state, words] : kStates) {
    const auto count =
        std::count_if(records.begin(), records.end(),
                      [state = state](const auto& one) { return one.known_state == state; });
    if (count != 0) states += fmt::format("{}{} {}", states.empty() ? "" : ", ", count, words);
  }
  return fmt::format("{} bug{}: {}", records.size(), records.size() == 1 ? "" : "s", states);
}

std::string bucket_of(const std::string& fingerprint, const TriageReport& triaged) {
  for (const TriageRecord& record : triaged.records) {
    if (record.fingerprint == fingerprint) return record.bucket;
  }
  return {};
}

// How far each known issue cut the hunt short.
std::string stopped_table(const json& campaign, const TriageReport& triaged) {
  const json rows = campaign.value("stopped_by_known", json::array());
  if (rows.empty()) return {};
  std::string text =
      "<h2>Boots that ended in known issues</h2>\n<div "
      "class=\"scroll\"><table><thead><tr><th>bucket"
      "</th><th>cause</th><th class=\"count\">boots</th><th class=\"count\">of "
      "all</th><th class=\"count\">went on</th></tr></thead>"
      "<tbody>\n";
  const double all = std::max(campaign["executions"].get<double>(), 1.0);
  for (const json& row : rows) {
    const std::uint64_t count = row["count"];
    text += fmt::format(
        "<tr><td class=\"code whole\">{}</td><td>{}</td><td class=\"count\">{}</td>"
        "<td class=\"count\">{:.1f}%</td><td class=\"count\">{}</td></tr>\n",
        escaped(row["fingerprint"]), escape_markup(bucket_of(row["fingerprint"], triaged)),
        grouped(count), 100 * static_cast<double>(count) / all,
        grouped(row.value("went_on", std::uint64_t{0})));
  }
  return text + "</tbody></table></div>\n";
}

std::string verdict_of(const TriageReport& triaged) {
  const std::size_t buckets = triaged.records.size();
  if (buckets != 0) return bugs_text(triaged.records);
  const auto unclear = std::count_if(
      triaged.skipped.begin(), triaged.skipped.end(),
      [](const SkippedFile& file) { return file.reason == SkipReason::NotReproducible; });
  const auto late = std::count_if(
      triaged.skipped.begin(), triaged.skipped.end(),
      [](const SkippedFile& file) { return file.reason == SkipReason::NotClassified; });
  if (late != 0) return fmt::format("{} failure{} not classified", late, late == 1 ? "" : "s");
  if (unclear == 0) return "No findings";
  return fmt::format("{} failure{} not reproducible", unclear, unclear == 1 ? "" : "s");
}

}  // namespace

void describe_campaign(ReportSetting& setting, const json& campaign, const TriageReport& triaged) {
  const std::string core = campaign["target"];
  setting.title = "Hobnail fuzzing report";
  setting.verdict = verdict_of(triaged);
  setting.facts =
      fmt::format("{} executions in {} on {}, {} at a time{}", grouped(campaign["executions"]),
                  clock_text(campaign["seconds"]), core.empty() ? "the built-in core" : core,
                  campaign["jobs"].get<int>(), campaign["interrupted"] ? ", interrupted" : "");
  setting.figures = stopped_table(campaign, triaged) + "<h2>Fuzz targets</h2>\n" +
                    targets_table(campaign["targets"]);
  std::string curves;
  for (const json& row : campaign["targets"]) curves += coverage_picture(row);
  if (!curves.empty()) {
    setting.figures += "<details><summary>Edges over time</summary>\n" + curves + "</details>\n";
  }
  setting.passed = passed(campaign["targets"]);
}

}  // namespace hobnail
