// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Section by section; what is not known is left out.
#include "fuzz/triage/report/issue.h"

#include <fmt/format.h>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/sentences.h"

namespace hobnail {
namespace {

// What GitHub takes of an issue is 65,536 characters; a report of a sanitizer may be longer.
constexpr std::size_t kReportMax = 12000;
constexpr std::size_t kTraceMax = 24000;

std::string folded_text(std::string_view title, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", title,
                     markdown_block(text, "text"));
}

std::string trace_text(const TriageRecord& record) {
  std::string out;
  for (const oracle::TraceLine& line : record.trace) {
    out += fmt::format("{:>4}  {}\n", line.op, one_line(line.call));
    if (!line.outcome.empty()) out += fmt::format("        = {}\n", one_line(line.outcome));
    if (!line.effect.empty()) out += fmt::format("        {}\n", one_line(line.effect));
    for (const std::string& story : line.story) out += fmt::format("        {}\n", one_line(story));
  }
  return shortened(out, kTraceMax);
}

std::string happened(const TriageRecord& record) {
  std::string out = "## Actual\n\n" + markdown_text(what_happened(record)) + "\n\n";
  if (!record.evidence.empty()) out += markdown_block(record.evidence, "text") + "\n";
  if (const std::string frames = frames_in_lines(record, " "); !frames.empty()) {
    out += "Stack in the target:\n\n" + markdown_block(frames, "text") + "\n";
  }
  return out;
}

std::string test_in_words(const TriageRecord& record) {
  if (!record.fuzzer.empty()) {
    return fmt::format(
        "there is no test beside it: `{}` shows the finding, this build alone "
        "does not.",
        record.fuzzer);
  }
  if (!record.history.empty()) {
    return "there is no test beside it, for a test runs one boot.";
  }
  if (record.list) {
    return "there is no test of its own beside it, for no service is called: the readers of HOB "
           "lists are Hobnail's, and `hobnail replay` is the test.";
  }
  return "beside it lies `test.cpp`, the same calls as a test of its own.";
}

// The boots before, each as a file.
std::string history_in_blocks(const TriageRecord& record) {
  std::string out;
  const std::vector<std::string> names = history_names(record);
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += fmt::format("Save this as `{}`:\n\n{}\n", names[i],
                       markdown_block(record.history[i], "text"));
  }
  return shortened(out, kTraceMax);
}

std::string reproduction_text(const TriageRecord& record, const ReportSetting& setting) {
  const std::string name = program_name(record);
  return fmt::format("## How to reproduce\n\nSave this as `{}` ({} {}; it was {}):\n\n{}\n", name,
                     record.size(), size_noun(record), record.ops_before,
                     markdown_block(render_boot(record), "text")) +
         history_in_blocks(record) + markdown_block(replay_line(record, setting, name), "sh") +
         fmt::format("\nReproduced: {}. In the report it is `{}/{}`; {}\n\n",
                     reproduced_in_words(record), bucket_folder(record), name,
                     test_in_words(record));
}

std::string row(std::string_view name, std::string_view value) {
  if (value.empty()) return "";
  return fmt::format("| {} | {} |\n", name, markdown_text(value));
}

std::string environment(const TriageRecord& record, const ReportSetting& setting) {
  std::string first = record.files.empty() ? "" : record.files.front().when;
  return "## Environment\n\n| | |\n|---|---|\n" + row("target", record.target) +
         row("Hobnail", setting.version) + row("build", setting.build) +
         row("calls", class_in_words(record)) + row("memory phase", record.phase) +
         row("files in this bucket", std::to_string(record.count())) + row("first seen", first) +
         row("known since", record.known_since) + row("was fixed since", record.fixed_since) +
         row("bucket", record.bucket) + row("fingerprint", record.fingerprint);
}

}  // namespace

std::string render_issue(const TriageRecord& record, const ReportSetting& setting) {
  return fmt::format("# {}\n\n", markdown_text(headline(record))) +
         fmt::format("## Expected\n\n{}\n\n", markdown_text(what_was_expected(record))) +
         happened(record) + reproduction_text(record, setting) +
         folded_text("Every op with its answer", trace_text(record)) +
         folded_text("Process output", shortened(clean_text(record.report), kReportMax)) +
         environment(record, setting) +
         fmt::format("\n<!-- hobnail/v1 {} -->\n", file_word(record.fingerprint));
}

}  // namespace hobnail
