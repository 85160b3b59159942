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
  // print_text() writes an op a line, the ops last; print_hobs() a HOB a line, behind "memory".
  first_ = lines_.size() - ops_ + 1;
  for (std::size_t line = head_ + 1; list_ && line <= lines_.size(); ++line) {
    if (lines_[line - 1].starts_with("memory ")) first_ = line + 1;
  }
  // "boot v1" comes first, then "board".
  finding_ = record.op_name == "enter" ? head_ + 2 : of_op(record.op);
}

std::size_t BootLines::of_op(std::size_t op) const {
  if (list_ && op >= ops_) return first_ - 1;
  return first_ - 1 + std::min(op + 1, ops_);
}

std::string BootLines::op(std::size_t op) const { return op < ops_ ? text(of_op(op)) : ""; }

}  // namespace hobnail
