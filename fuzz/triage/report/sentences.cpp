// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Sentences, from the fields of a record.
#include "fuzz/triage/report/sentences.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/triage/report/clean_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail {
namespace {

constexpr std::string_view kPlainLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

std::string place_in_words(const TriageRecord& record) {
  if (record.list) return "";
  const std::string& phase = record.phase;
  if (phase == "temporary" || phase == "permanent") return fmt::format(" in {} memory", phase);
  if (phase == "window") return " between InstallPeiMemory and the migration";
  return phase.empty() ? "" : " " + phase;
}

std::string who(const TriageRecord& record) {
  if (record.list) return "the reading of a HOB list";
  if (record.op_name == "enter") return "the entry of the core";
  if (record.op_name == "end") return "the checks at the end of the boot";
  return record.op_name;
}

std::string ending(const TriageRecord& record) {
  if (!record.history.empty()) return "does not answer as in a new process";
  switch (record.kind) {
    case FindingKind::Sanitizer:
      return "ends the process with a sanitizer's report: " + record.death;
    case FindingKind::Signal:
      return "ends the process: " + record.death;
    case FindingKind::Hang:
      return "does not return in time";
    case FindingKind::OutOfMemory:
      return "exceeds the memory limit";
    case FindingKind::Stop:
      return record.op_text.empty() ? "stops itself" : "makes the target stop itself";
    case FindingKind::Rule:
      break;
  }
  const bool called = !record.answer.empty() && record.answer != "none";
  return called ? "answers " + record.answer : "leaves the boot in a state that violates the rule";
}

// Of a list: how its reading ends, and at which HOB.
std::string list_happened(const TriageRecord& record) {
  std::string out = record.kind == FindingKind::Rule
                        ? "A reader misreads this HOB list"
                        : fmt::format("Reading this HOB list {}", ending(record));
  if (!record.op_text.empty()) out += fmt::format(": HOB {} ({})", record.op, record.op_text);
  return one_line(out + ".");
}

}  // namespace

std::string headline(const TriageRecord& record) {
  return one_line(fmt::format("{}: {}{}", record.rule, who(record), place_in_words(record)));
}

std::string what_happened(const TriageRecord& record) {
  if (record.list) return list_happened(record);
  if (record.op_text.empty()) {
    return one_line(fmt::format("At {}, the target {}.", who(record),
                                record.kind == FindingKind::Rule && record.history.empty()
                                    ? "violates the rule"
                                    : ending(record)));
  }
  return one_line(fmt::format("Op {} ({}) {}.", record.op, record.op_text, ending(record)));
}

std::string what_was_expected(const TriageRecord& record) {
  const std::string clause = record.clause.empty() ? "" : fmt::format(" ({})", record.clause);
  return one_line(record.title + clause);
}

std::string class_in_words(const TriageRecord& record) {
  if (record.list) {
    return record.calls == "hostile" ? "hostile: DXE must reject the list"
                                     : "contract: DXE must accept the list";
  }
  if (record.calls == "hostile") return "hostile: the finding needs a call that PI forbids";
  return "contract: PI permits every call";
}

std::string reproduced_in_words(const TriageRecord& record) {
  if (record.tried == 0) return "not run again";
  return fmt::format("{} of {} tries", record.reproduced, record.tried);
}

std::string frames_in_lines(const TriageRecord& record, std::string_view gap) {
  std::string out;
  for (std::size_t i = 0; i < record.frames.size(); ++i) {
    out += fmt::format("#{} {}", i, one_line(record.frames[i]));
    if (i < record.sources.size() && !record.sources[i].file.empty()) {
      out += fmt::format("{}{}:{}", gap, one_line(record.sources[i].file), record.sources[i].line);
    }
    out += '\n';
  }
  return out;
}

std::string bucket_folder(const TriageRecord& record) {
  return "buckets/" + file_word(record.fingerprint);
}

std::string program_name(const TriageRecord& record) {
  return record.list ? "list.hobs" : "program.boot";
}

bool has_test(const TriageRecord& record) {
  return !record.list && record.fuzzer.empty() && record.history.empty();
}

std::vector<std::string> history_names(const TriageRecord& record) {
  const std::size_t digits = std::to_string(record.history.size()).size();
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= record.history.size(); ++i) {
    names.push_back(fmt::format("program.history-{:0{}}.boot", i, digits));
  }
  return names;
}

std::vector<std::string> files_of_bucket(const TriageRecord& record) {
  if (!record.history.empty()) {
    std::vector<std::string> names = history_names(record);
    names.insert(names.end(), {program_name(record), "issue.md"});
    return names;
  }
  if (!has_test(record)) return {program_name(record), "issue.md"};
  return {program_name(record), "test.cpp", "issue.md"};
}

std::string_view size_noun(const TriageRecord& record) {
  return record.list ? "HOBs and patches" : "ops";
}

std::string replay_line(const TriageRecord& record, const ReportSetting& setting,
                        const std::string& program) {
  if (!record.replay.empty()) return one_line(record.replay) + " " + shell_word(one_line(program));
  if (record.list) return "hobnail replay " + shell_word(one_line(program));
  return fmt::format("{} --trace{} {}", one_line(setting.replay),
                     record.history.empty() ? "" : " --history", shell_word(one_line(program)));
}

std::string program_path(const TriageRecord& record) {
  return record.program_file.empty() ? bucket_folder(record) + "/" + program_name(record)
                                     : record.program_file;
}

std::vector<std::string> invariants_in_words(std::string_view id) {
  std::vector<std::string> lines;
  const auto rule = oracle::parse_rule(id);
  if (!rule) return lines;
  for (const std::uint32_t number : oracle::invariants_of(*rule)) {
    const auto& all = oracle::invariants();
    const auto row = std::find_if(all.begin(), all.end(),
                                  [&](const auto& each) { return each.number == number; });
    if (row != all.end()) lines.push_back(fmt::format("I{}: {}", number, row->title));
  }
  return lines;
}

std::string file_word(std::string_view word) {
  std::string out;
  for (const char c : word) out += kPlainLetters.find(c) == std::string_view::npos ? '-' : c;
  const bool bad = out.find_first_not_of('.') == std::string::npos;  // empty, ".", ".."
  return bad ? "unnamed" + out : out;
}

std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c == '/' || c == '=' || c == ':' || kPlainLetters.find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace hobnail
