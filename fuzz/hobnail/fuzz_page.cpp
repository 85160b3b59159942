// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The record as a page.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/hobnail/fuzz_report.h"

#include "fuzz/markup.h"

namespace hobnail {
namespace {

using nlohmann::json;

constexpr std::string_view kStyle = R"css(
:root { --ink:#1d2328; --dim:#66707a; --line:#dde2e6; --back:#fff; --box:#f5f7f8; --good:#1a7f4b;
        --bad:#b3261e; --mark:#2f6fb0 }
@media (prefers-color-scheme: dark) { :root { --ink:#e4e8eb; --dim:#96a1ab; --line:#333b42;
        --back:#15191c; --box:#1d2226; --good:#5fc992; --bad:#ff8a80; --mark:#7db4ea } }
body { font:16px/1.5 system-ui,sans-serif; color:var(--ink); background:var(--back);
       max-width:60rem; margin:2.5rem auto; padding:0 1.2rem }
h1 { font-size:1.5rem; margin:0 } h2 { font-size:1.1rem; margin:2.2rem 0 .6rem }
h3 { font-size:1rem; margin:0 } .dim { color:var(--dim) } .good { color:var(--good) }
.bad { color:var(--bad) } .verdict { font-size:1.15rem; font-weight:600; margin:.3rem 0 1.4rem }
table { border-collapse:collapse; width:100% } th { text-align:left; font-weight:500;
        color:var(--dim) }
td, th { padding:.35rem .8rem .35rem 0; border-bottom:1px solid var(--line) }
td.n, th.n { text-align:right; font-variant-numeric:tabular-nums }
article { border:1px solid var(--line); border-left:4px solid var(--bad); border-radius:4px;
          padding:.9rem 1.1rem; margin:.9rem 0 }
pre { background:var(--box); padding:.7rem .9rem; overflow:auto; font-size:.85rem; margin:.6rem 0 }
svg { width:100%; height:9rem } polyline { fill:none; stroke:var(--mark); stroke-width:2;
      vector-effect:non-scaling-stroke } svg rect { fill:var(--box) }
)css";

std::string escaped(const json& value) { return escape_markup(value.get<std::string>()); }

std::string targets_table(const json& rows) {
  constexpr std::array<std::pair<std::string_view, const char*>, 7> kColumns{
      {{"Executions", "executions"},
       {"per second", "rate"},
       {"Edges", "cov"},
       {"Features", "ft"},
       {"Corpus", "corpus"},
       {"New units", "new_units"},
       {"Findings", "findings"}}};
  std::string text = "<table><tr><th>Target</th>";
  for (const auto& [title, key] : kColumns) text += fmt::format("<th class=\"n\">{}</th>", title);
  for (const json& row : rows) {
    text += fmt::format("</tr><tr><td>{}</td>", escaped(row["name"]));
    for (const auto& [title, key] : kColumns) {
      text += fmt::format("<td class=\"n\">{}</td>", grouped(row[key]));
    }
  }
  return text + "</tr></table>";
}

std::string finding_box(const json& finding) {
  std::string where = escaped(finding["fuzzer"]);
  if (!finding["op"].is_null()) where += fmt::format(", op {}", finding["op"].get<std::size_t>());
  if (const std::size_t count = finding["count"]; count > 1) {
    where += fmt::format(", seen {} times", count);
  }
  std::string text = fmt::format("<article><h3>{}</h3><span class=\"dim\">{}</span>",
                                 escaped(finding["rule"]), where);
  if (finding["bucket"] != finding["rule"]) {
    text += fmt::format("<br><span class=\"dim\">{}</span>", escaped(finding["bucket"]));
  }
  for (const char* const part : {"evidence", "program", "reproduce"}) {
    if (finding[part] != "") text += fmt::format("<pre>{}</pre>", escaped(finding[part]));
  }
  return text + "</article>\n";
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
  const auto told = [](const json& point) {
    return fmt::format("{} edges after {}", grouped(point[1]), clock_text(point[0]));
  };
  return fmt::format(
      "<h2>{}: edges over time</h2><svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" "
      "role=\"img\" aria-label=\"edges over time\"><rect width=\"100\" height=\"100\"/><polyline "
      "points=\"{}\"/></svg><p class=\"dim\">{}, {}</p>\n",
      escaped(row["name"]), line, told(points.front()), told(points.back()));
}

}  // namespace

std::string page_of(const json& report) {
  const json& found = report["findings"];
  const std::string verdict = found.empty()
                                  ? "<p class=\"verdict good\">No findings</p>"
                                  : fmt::format("<p class=\"verdict bad\">{} finding{}</p>",
                                                found.size(), found.size() == 1 ? "" : "s");
  const bool built_in = report["target"] == "";
  std::string text = fmt::format(
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>Hobnail fuzzing report</title><style>{}</style>\n"
      "<h1>Hobnail fuzzing report</h1>{}<p class=\"dim\">{} executions in {} on {}, {} at a "
      "time{}</p>\n{}\n",
      kStyle, verdict, grouped(report["executions"]), clock_text(report["seconds"]),
      built_in ? "the built-in core" : escaped(report["target"]), report["jobs"].get<int>(),
      report["interrupted"] ? ", interrupted" : "", targets_table(report["targets"]));
  if (!found.empty()) text += "<h2>Findings</h2>\n";
  for (const json& finding : found) text += finding_box(finding);
  for (const json& row : report["targets"]) text += coverage_picture(row);
  return text + "</html>\n";
}

}  // namespace hobnail
