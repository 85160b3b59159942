// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A head of comment above the program's own text.
#include "fuzz/triage/report/boot_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/sentences.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

constexpr std::size_t kColumns = 100;

// A sentence as lines of comment, broken at spaces.
std::string comment(std::string_view sentence) {
  std::string out;
  std::string line = "#";
  const std::string words = one_line(sentence) + " ";
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t to = words.find(' ', from);
    const std::string word = words.substr(from, to - from);
    if (line.size() > 1 && line.size() + 1 + word.size() > kColumns) {
      out += line + "\n";
      line = "#";
    }
    if (!word.empty()) line += " " + word;
    from = to + 1;
  }
  return out + line + "\n";
}

std::string head_of(const TriageRecord& record) {
  return comment(record.rule + ": " + what_was_expected(record)) +
         comment(what_happened(record) +
                 (record.target.empty() ? "" : " Seen on " + record.target + ".")) +
         comment(fmt::format("Fingerprint {}, bucket {}", record.fingerprint, record.bucket));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    lines.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return lines;
}

}  // namespace

std::string render_boot(const TriageRecord& record) {
  if (record.list) return head_of(record) + oracle::print_hobs(*record.list);
  return head_of(record) + oracle::print_text(record.program);
}

BootLines::BootLines(const TriageRecord& record)
    : lines_(split(render_boot(record))),
      ops_(record.list ? record.list->hobs.size() : record.program.ops.size()),
      head_(split(head_of(record)).size()),
      list_(record.list.has_value()) {
  if (!list_) find_ops(record.program);
  // print_hobs() writes a HOB a line, behind "memory".
  if (list_) first_ = lines_.size() - ops_ + 1;
  for (std::size_t line = head_ + 1; list_ && line <= lines_.size(); ++line) {
    if (lines_[line - 1].starts_with("memory ")) first_ = line + 1;
  }
  // "boot v1" comes first, then "board".
  finding_ = record.op_name == "enter" ? head_ + 2 : of_op(record.op);
}

// print_text() writes the ops last, a line each, and a group between two lines of its own.
void BootLines::find_ops(const oracle::Program& program) {
  ops_text_ = print_ops(program);
  std::size_t line = 0;
  for (const oracle::Group& group : groups_of(program.ops)) {
    const std::size_t brace = group.rounds > 1 ? 1 : 0;
    for (std::size_t i = 0; i < group.length * group.rounds; ++i)
      op_lines_.push_back(line + brace + i % group.length);
    line += group.length + 2 * brace;
  }
  first_ = lines_.size() - line + 1;
  for (std::size_t& each : op_lines_) each += first_;
}

std::size_t BootLines::of_op(std::size_t op) const {
  if (!list_) return op < ops_ ? op_lines_[op] : lines_.size();
  if (op >= ops_) return first_ - 1;
  return first_ - 1 + std::min(op + 1, ops_);
}

std::string BootLines::op(std::size_t op) const {
  if (op >= ops_) return "";
  return list_ ? text(of_op(op)) : ops_text_[op];
}

}  // namespace hobnail
