// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Header, then a line an op. The parser is total: any bytes give a program or an error. The printer
// has one routine per kind of operand, which of them an op has is a matter of its row.
//
//   boot v1                                       version: first, once
//   board NAME                                    required
//   garbage N                                     optional
//   contract                                      optional
//   [NAME =] OP operand ... [hex DIGITS] [-> null]
//   repeat ROUNDS {                               ops follow, a line each
//   }
#include "properties/oracle/program/text/codec_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/repeat.h"
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

void fail_at_limit(TextLine& line, const Word& where) {
  line.fail(where, fmt::format("the program has more than {} ops", kOpsMax));
}

class TextParser {
 public:
  std::variant<Program, TextError> parse(std::string_view text);

 private:
  enum class Section { Version, Board, Garbage, Contract, Ops };

  void read_line(TextLine& line);
  void read_version(TextLine& line);
  void read_board(TextLine& line);
  void read_garbage(TextLine& line);
  void read_contract_or_op(TextLine& line);
  void read_op_or_group(TextLine& line);
  void begin_group(TextLine& line);
  void end_group(TextLine& line);
  void read_op(TextLine& line);
  void read_op_name(TextLine& line, Op& op);
  [[nodiscard]] std::string missing_header() const;

  Section section_ = Section::Version;
  Program program_;
  ResultNames names_;
  std::optional<std::size_t> group_;  // first op of the group that is open
  std::size_t rounds_ = 0;            // of it
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

void TextParser::read_contract_or_op(TextLine& line) {
  section_ = Section::Ops;
  const bool names_result = line.peek(1).text == "=";
  program_.contract = !names_result && line.take_if("contract");
  if (!program_.contract) read_op_or_group(line);
}

void TextParser::read_op_or_group(TextLine& line) {
  const bool names_result = line.peek(1).text == "=";
  if (!names_result && line.peek().text == "repeat") return begin_group(line);
  if (line.peek().text == "}") return end_group(line);
  read_op(line);
}

void TextParser::begin_group(TextLine& line) {
  const Word word = line.take();
  if (group_) return line.fail(word, "a group cannot be within another");
  const Word rounds = line.take();
  if (rounds.text.empty() || rounds.text == "{") {
    return line.fail(rounds, fmt::format("repeat: missing number of rounds (1 to {})", kOpsMax));
  }
  rounds_ = static_cast<std::size_t>(read_number(line, rounds, rounds.text, kOpsMax).value_or(1));
  if (rounds_ == 0)
    return line.fail(rounds, "repeat: the number of rounds is 0; expected 1 or more");
  if (!line.take_if("{")) return line.fail(line.peek(), "expected '{' after the number of rounds");
  if (!line.at_end())
    return line.fail(line.peek(), "the ops of a group follow on lines of their own");
  group_ = program_.ops.size();
  names_.begin_group();
}

void TextParser::end_group(TextLine& line) {
  const Word word = line.take();
  if (!group_) return line.fail(word, "'}' without 'repeat'");
  const std::size_t length = program_.ops.size() - *group_;
  if (length == 0) return line.fail(word, "the group has no ops");
  if (*group_ + length * rounds_ > kOpsMax) return fail_at_limit(line, word);
  append_rounds(program_.ops, *group_, rounds_);
  names_.end_group(rounds_);
  group_ = std::nullopt;
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
  if (program_.ops.size() == kOpsMax) return fail_at_limit(line, name);
  if (group_ && program_.ops.size() == *group_ + kGroupMax) {
    return line.fail(name, fmt::format("the group has more than {} ops", kGroupMax));
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
      section_ = Section::Contract;
      if (line.take_if("garbage")) {
        read_garbage(line);
      } else {
        read_contract_or_op(line);
      }
      break;
    case Section::Contract:
      read_contract_or_op(line);
      break;
    case Section::Ops:
      read_op_or_group(line);
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
  if (group_) return TextError{number + 1, 1, "missing '}' at the end of the group"};
  return std::move(program_);
}

// --- printing
// -------------------------------------------------------------------------------------

// People read small numbers in decimal, addresses and sizes in hex.
std::string number(std::uint64_t value) {
  return value < 4096 ? fmt::format("{}", value) : fmt::format("0x{:X}", value);
}

std::string signed_number(std::uint64_t value) {
  const bool negative = (value >> 63) != 0;
  return negative ? "-" + number(0 - value) : "+" + number(value);
}

std::string adjustment(std::uint64_t value) {
  return value == 0 ? std::string() : signed_number(value);
}

std::string named(std::span<const PiName> names, std::uint32_t value) {
  const std::string_view name = name_numbered(names, value);
  return name.empty() ? number(value) : std::string(name);
}

std::string anchor_text(const Place& place) {
  const AnchorName& name = name_of(place.anchor);
  switch (name.shape) {
    case IndexShape::None:
      return std::string(name.word);
    case IndexShape::Brackets:
      return fmt::format("{}[{}]", name.word, place.index);
    case IndexShape::Suffix:
      return fmt::format("{}{}", name.word, place.index);
  }
  return {};
}

std::string place_text(const Place& place, bool pages) {
  if (place.anchor == Anchor::Absolute) return number(place.offset);
  const bool counts_bytes = pages && counts_pages(place.anchor) && !place.in_pages;
  return (counts_bytes ? "&" : "") + anchor_text(place) + adjustment(place.offset);
}

std::string quantity_text(const Quantity& quantity) {
  if (quantity.measure == Measure::Literal) return number(quantity.value);
  const MeasureName& name = name_of(quantity.measure);
  if (!name.states) return std::string(name.word) + adjustment(quantity.value);
  const std::string value = signed_number(quantity.value);
  return fmt::format("{}:{}", name.word, value[0] == '+' ? value.substr(1) : value);
}

std::string body_text(HobBody body) {
  if (body == HobBody::Pattern) return {};
  return std::string(body_names()[static_cast<std::size_t>(body)]);
}

std::string data_text(std::span<const std::uint8_t> data) {
  if (data.empty()) return {};
  return fmt::format("hex {:02x}", fmt::join(data, ""));
}

// One operand as text; empty when it is not written.
std::string operand_text(const Op& op, Operand operand) {
  switch (operand) {
    case Operand::End:
      return {};
    case Operand::MemoryType:
      return named(memory_type_names(), op.number);
    case Operand::HobType:
      return named(hob_type_names(), op.number);
    case Operand::ByteValue:
      return number(op.number);
    case Operand::BootMode:
      return fmt::format("0x{:X}", op.number);
    case Operand::PagePlace:
      return place_text(op.place, true);
    case Operand::BytePlace:
      return place_text(op.place, false);
    case Operand::SourcePlace:
      return place_text(op.source, false);
    case Operand::Pages:
    case Operand::Bytes:
      return quantity_text(op.quantity);
    case Operand::Body:
      return body_text(op.body);
    case Operand::Data:
      return data_text(op.data);
    case Operand::NullOut:
      return op.null_out ? "-> null" : "";
  }
  return {};
}

std::string header_text(const Program& program) {
  const auto boards = board_profiles();
  const std::size_t board = program.board < boards.size() ? program.board : 0;
  std::string text = fmt::format("boot v1\nboard {}\n", boards[board].name);
  if (program.garbage != 0) text += fmt::format("garbage {}\n", program.garbage);
  if (program.contract) text += "contract\n";
  return text;
}

// The op with the name of its result, of which there were so many.
std::string numbered_op(const Op& op, const ResultCounts& count) {
  constexpr std::string_view kLetters = " pbh";
  const auto result = static_cast<std::size_t>(row_of(op.code).result);
  if (result == 0) return print_op(op);
  return fmt::format("{}{} = {}", kLetters[result], count[result], print_op(op));
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

std::string print_op(const Op& op) {
  std::string text(row_of(op.code).name);
  for (const Operand operand : row_of(op.code).operands) {
    if (operand == Operand::End) break;
    const std::string word = operand_text(op, operand);
    if (!word.empty()) text += " " + word;
  }
  return text;
}

std::vector<std::string> print_ops(const Program& program) {
  std::vector<std::string> lines;
  lines.reserve(program.ops.size());
  ResultCounts count{};
  for (const Op& op : program.ops) {
    lines.push_back(numbered_op(op, count));
    count_result(count, op);
  }
  return lines;
}

std::string print_text(const Program& program) {
  std::string text = header_text(program);
  ResultCounts count{};
  for (const Group& group : groups_of(program.ops)) {
    const bool repeated = group.rounds > 1;
    const auto ops = std::span(program.ops).subspan(group.from, group.length * group.rounds);
    if (repeated) text += fmt::format("repeat {} {{\n", group.rounds);
    ResultCounts nth = count;
    for (const Op& op : ops.first(group.length)) {
      text += (repeated ? "  " : "") + numbered_op(op, nth) + "\n";
      count_result(nth, op);
    }
    if (repeated) text += "}\n";
    for (const Op& op : ops) count_result(count, op);
  }
  return text;
}

}  // namespace hobnail::oracle
