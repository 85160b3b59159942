// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Program -> `.boot` text. One routine per kind of operand; which of them an op has is said by its
// row. Law: the parser reads an equal program back.
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/program/text/names.h"

namespace hobnail::oracle {
namespace {

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

std::string named(std::span<const NamedNumber> names, std::uint32_t value) {
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
  std::string text = "hex ";
  text.reserve(text.size() + 2 * data.size());
  for (const std::uint8_t byte : data) text += fmt::format("{:02x}", byte);
  return text;
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
  return text;
}

char result_letter(Result result) {
  constexpr std::string_view kLetters = " pbh";
  return kLetters[static_cast<std::size_t>(result)];
}

}  // namespace

std::string print_op(const Op& op) {
  std::string text(row_of(op.code).name);
  for (const Operand operand : row_of(op.code).operands) {
    if (operand == Operand::End) break;
    const std::string word = operand_text(op, operand);
    if (!word.empty()) text += " " + word;
  }
  return text;
}

std::string print_text(const Program& program) {
  std::string text = header_text(program);
  std::array<std::size_t, 4> count{};
  for (const Op& op : program.ops) {
    const Result result = row_of(op.code).result;
    const std::size_t nth = count[static_cast<std::size_t>(result)]++;
    if (result != Result::None) text += fmt::format("{}{} = ", result_letter(result), nth);
    text += print_op(op) + "\n";
  }
  return text;
}

}  // namespace hobnail::oracle
