// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the sentence to the details: what happened, the program, the picture, the trace, and then
// what only some will want, folded.
#include "fuzz/triage/report/html_bucket.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/cpp_test.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

constexpr std::size_t kFilesShown = 20;

std::string titled(std::string_view title, const std::string& markup) {
  return markup.empty() ? "" : fmt::format("<h3>{}</h3>\n{}", title, markup);
}

std::string folded(std::string_view title, const std::string& markup) {
  if (markup.empty()) return "";
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", title, markup);
}

std::string block(std::string_view text) {
  if (text.empty()) return "";
  return fmt::format("<pre>{}</pre>\n", markup_text(text));
}

// The program, with the line that shows the bug marked. The head of the file says what the section
// says, and is left out.
std::string program(const TriageRecord& record) {
  const BootLines lines(record);
  std::string out = "<pre>";
  for (std::size_t line = lines.head() + 1; line <= lines.count(); ++line) {
    const std::string words = markup_text(lines.text(line));
    out += line == lines.of_finding() ? "<mark>" + words + "</mark>" : words + "\n";
  }
  return out + "</pre>\n";
}

// Of the boots before, one block each.
std::string history(const TriageRecord& record) {
  std::string out;
  for (const std::string& boot : record.history) out += block(boot);
  return out;
}

std::string picture(const TriageRecord& record) {
  return record.picture.starts_with("<div class=\"boot") ? record.picture : "";
}

std::string effects(const oracle::TraceLine& line) {
  std::string out = markup_text(one_line(line.effect));
  for (const std::string& story : line.story) {
    const std::string words = one_line(story.starts_with(". ") ? story.substr(2) : story);
    out += (out.empty() ? "" : "<br>") + markup_text(words);
  }
  return out;
}

std::string trace_row(const TriageRecord& record, const oracle::TraceLine& line) {
  return fmt::format(
      "<tr{}><td class=\"count\">{}</td><td class=\"code\">{}</td><td class=\"code\">{}</td>"
      "<td class=\"quiet\">{}</td></tr>\n",
      line.op == record.op ? " class=\"finding\"" : "", line.op, markup_text(one_line(line.call)),
      markup_text(one_line(line.outcome)), effects(line));
}

std::string trace(const TriageRecord& record) {
  if (record.trace.empty()) return "";
  std::string out =
      "<div class=\"scroll\"><table><thead><tr><th class=\"count\">op</th>"
      "<th>call</th><th>answer</th><th>what it did</th></tr></thead><tbody>\n";
  for (const std::string& line : record.reset) {
    out += fmt::format("<tr><td></td><td colspan=\"3\" class=\"quiet\">{}</td></tr>\n",
                       markup_text(one_line(line)));
  }
  for (const auto& line : record.trace) out += trace_row(record, line);
  return out + "</tbody></table></div>\n";
}

std::string invariants(const TriageRecord& record) {
  std::string out;
  for (const std::string& line : invariants_in_words(record.rule)) {
    out += fmt::format("<li>{}</li>\n", markup_text(one_line(line)));
  }
  return out.empty() ? "" : "<ul>\n" + out + "</ul>\n";
}

std::string file_row(const OriginalFile& file) {
  return fmt::format(
      "<tr><td class=\"code\">{}</td><td class=\"count\">{}</td>"
      "<td class=\"whole\">{}</td><td class=\"code\" title=\"{}\">{}</td></tr>\n",
      markup_text(one_line(file.path)), file.size, markup_text(one_line(file.when)),
      markup_text(file.sha256), markup_text(file.sha256.substr(0, 16)));
}

std::string files(const TriageRecord& record) {
  if (record.files.empty()) return "";
  std::string out =
      "<div class=\"scroll\"><table><thead><tr><th>file</th><th "
      "class=\"count\">bytes</th><th>written</th>"
      "<th>sha256</th></tr></thead><tbody>\n";
  const std::size_t shown = std::min(record.files.size(), kFilesShown);
  for (std::size_t i = 0; i < shown; ++i) out += file_row(record.files[i]);
  out += "</tbody></table></div>\n";
  if (shown < record.files.size()) {
    out += fmt::format("<p class=\"dim\">and {} more; triage.json has them all</p>\n",
                       record.files.size() - shown);
  }
  return out;
}

std::string facts(const TriageRecord& record) {
  std::string out =
      fmt::format("{} <code>{}</code> \xc2\xb7 {} \xc2\xb7 {} file{}, {}", html_state(record),
                  markup_text(one_line(record.fingerprint)), markup_text(one_line(record.calls)),
                  record.count(), record.count() == 1 ? "" : "s", reproduced_in_words(record));
  if (record.minimize_runs != 0) {
    out += fmt::format(" \xc2\xb7 {} {}, found with {}", record.size(), size_noun(record),
                       record.ops_before);
  }
  if (!record.known_since.empty())
    out += " \xc2\xb7 known since " + markup_text(record.known_since);
  if (!record.fixed_since.empty()) out += " \xc2\xb7 was fixed " + markup_text(record.fixed_since);
  return "<p class=\"dim\">" + out + "</p>\n";
}

std::string summary(const TriageRecord& record) {
  std::string out =
      fmt::format("<p>{}</p>\n<p><strong>{}</strong>: {}</p>\n", markup_text(what_happened(record)),
                  markup_text(one_line(record.rule)), markup_text(what_was_expected(record)));
  return out + block(record.evidence);
}

std::string_view program_title(const TriageRecord& record) {
  if (record.minimize_runs == 0) return record.list ? "List" : "Program";
  return record.list ? "Minimal list" : "Minimal program";
}

std::string reproduction(const TriageRecord& record, const ReportSetting& setting) {
  const std::string folder = bucket_folder(record);
  std::string files;
  for (const std::string& name : files_of_bucket(record)) {
    files += fmt::format("{}<a href=\"{}/{}\">{}</a>", files.empty() ? "" : ", ",
                         markup_text(folder), name, name);
  }
  return block(replay_line(record, setting, program_path(record))) + "<p>Files: " + files +
         "</p>\n";
}

}  // namespace

std::string html_anchor(const TriageRecord& record) {
  return "bucket-" + file_word(record.fingerprint);
}

std::string html_state(const TriageRecord& record) {
  return fmt::format("<span class=\"state {0}\">{0}</span>", known_state_name(record.known_state));
}

std::string html_bucket(const TriageRecord& record, const ReportSetting& setting) {
  return fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", html_anchor(record),
                     markup_text(headline(record))) +
         facts(record) + summary(record) + titled("Boots before", history(record)) +
         titled(program_title(record), program(record)) + titled("The boot", picture(record)) +
         titled("Op by op", trace(record)) +
         titled("Stack in the target", block(frames_in_lines(record, "  "))) +
         titled("To reproduce", reproduction(record, setting)) +
         folded("The calls as a C++ test", has_test(record) ? block(test_calls(record)) : "") +
         folded("Rule", invariants(record)) + folded("Process output", block(record.report)) +
         folded("Files in this bucket", files(record)) + "</section>\n";
}

}  // namespace hobnail
