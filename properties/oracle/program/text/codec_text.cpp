// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `.boot` text -> Program: header, then a line an op. Total: any bytes give a program or an error.
//
//   boot v1                                       version: first, once
//   board NAME                                    required
//   garbage N                                     optional
//   [NAME =] OP operand ... [hex DIGITS] [-> null]
#include "properties/oracle/program/text/codec_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/line.h"
#include "properties/oracle/program/text/names.h"
#include "properties/oracle/program/text/number.h"
#include "properties/oracle/program/text/operand.h"

namespace hobnail::oracle {
namespace {

// Cuts the first line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

class TextParser {
 public:
  std::variant<Program, TextError> parse(std::string_view text);

 private:
  enum class Section { Version, Board, Garbage, Ops };

  void read_line(TextLine& line);
  void read_version(TextLine& line);
  void read_board(TextLine& line);
  void read_garbage(TextLine& line);
  void read_op(TextLine& line);
  void read_op_name(TextLine& line, Op& op);
  [[nodiscard]] std::string missing_header() const;

  Section section_ = Section::Version;
  Program program_;
  ResultNames names_;
};

std::string TextParser::missing_header() const {
  if (section_ == Section::Version) return "expected 'boot v1' as the first line";
  return "expected 'board NAME' after 'boot v1'";
}

void TextParser::read_version(TextLine& line) {
  if (!line.take_if("boot")) {
    return line.fail(line.peek(), missing_header() + ", not " + quoted(line.peek().text));
  }
  const Word version = line.take();
  if (version.text.empty()) return line.fail(version, "expected 'v1' after 'boot'");
  if (version.text != "v1") {
    line.fail(version, quoted(version.text) + " is not a supported version; expected 'v1'");
  }
  section_ = Section::Board;
}

void TextParser::read_board(TextLine& line) {
  if (!line.take_if("board")) {
    return line.fail(line.peek(), missing_header() + ", not " + quoted(line.peek().text));
  }
  section_ = Section::Garbage;
  std::vector<std::string_view> known;
  const Word name = line.take();
  for (const BoardProfile& board : board_profiles()) {
    program_.board = board.number;
    if (board.name == name.text) return;
    known.push_back(board.name);
  }
  if (name.text.empty()) return line.fail(name, "board: missing name (heap-low, ...)");
  line.fail(name, "unknown board " + quoted(name.text) + suggestion(name.text, known));
}

void TextParser::read_garbage(TextLine& line) {
  const Word value = line.take();
  if (value.text.empty()) return line.fail(value, "garbage: missing number (0 to 255)");
  const auto number = read_number(line, value, value.text, 0xFF);
  program_.garbage = static_cast<std::uint8_t>(number.value_or(0));
}

void TextParser::read_op_name(TextLine& line, Op& op) {
  const Word name = line.take();
  std::vector<std::string_view> known;
  for (const OpRow& row : op_table()) {
    op.code = row.code;
    if (row.name == name.text) return;
    known.push_back(row.name);
  }
  if (name.text.empty()) return line.fail(name, "missing op after '='");
  line.fail(name, "unknown op " + quoted(name.text) + suggestion(name.text, known));
}

void TextParser::read_op(TextLine& line) {
  const bool has_name = line.peek(1).text == "=";
  const Word name = has_name ? line.take() : Word{};
  if (has_name) line.take();
  Op op;
  read_op_name(line, op);
  if (line.complaint()) return;
  const OpRow& row = row_of(op.code);
  if (has_name && row.result == Result::None) {
    return line.fail(name, fmt::format("{} has no result to name", row.name));
  }
  for (const Operand operand : row.operands) read_operand(line, operand, names_, op);
  // Only now: an op cannot refer to its own result by the name that this very line gives it.
  if (row.result != Result::None) names_.define(line, name, row.result);
  if (program_.ops.size() == kOpsMax) {
    return line.fail(name, fmt::format("the program has more than {} ops", kOpsMax));
  }
  program_.ops.push_back(std::move(op));
}

void TextParser::read_line(TextLine& line) {
  if (line.at_end()) return;
  switch (section_) {
    case Section::Version:
      read_version(line);
      break;
    case Section::Board:
      read_board(line);
      break;
    case Section::Garbage:
      section_ = Section::Ops;
      if (line.take_if("garbage")) {
        read_garbage(line);
      } else {
        read_op(line);
      }
      break;
    case Section::Ops:
      read_op(line);
      break;
  }
  if (!line.at_end()) {
    line.fail(line.peek(), "unexpected " + quoted(line.peek().text) + " at end of line");
  }
}

std::variant<Program, TextError> TextParser::parse(std::string_view text) {
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    TextLine line(take_line(text));
    read_line(line);
    if (const auto& complaint = line.complaint()) {
      return TextError{number, complaint->column, complaint->message};
    }
  }
  if (section_ == Section::Version || section_ == Section::Board) {
    return TextError{number + 1, 1, missing_header()};
  }
  return std::move(program_);
}

}  // namespace

std::variant<Program, TextError> parse_text(std::string_view text) {
  return TextParser().parse(text);
}

bool looks_like_text(std::string_view bytes) {
  while (!bytes.empty()) {
    std::string_view line = take_line(bytes);
    line = line.substr(0, line.find('#'));
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) continue;
    line.remove_prefix(start);
    return line.starts_with("boot ") || line.starts_with("boot\t");
  }
  return false;
}

}  // namespace hobnail::oracle
