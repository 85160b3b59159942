// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading operands.
#include "properties/oracle/program/text/operand.h"

#include <fmt/format.h>

#include "properties/oracle/program/text/names.h"
#include "properties/oracle/program/text/number.h"
#include "properties/oracle/program/text/place.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint32_t kMax32 = 0xFFFFFFFF;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint32_t read_named_number(TextLine& line, std::span<const NamedNumber> names,
                                std::string_view kind, std::uint32_t max) {
  const Word word = line.take();
  if (const auto number = number_named(names, word.text)) return *number;
  if (is_digit(word.text[0])) {
    return static_cast<std::uint32_t>(read_number(line, word, word.text, max).value_or(0));
  }
  std::string hint = suggestion(word.text, names_in(names));
  if (hint.empty()) hint = fmt::format("; expected a name such as {}, or a number", names[0].name);
  line.fail(word, fmt::format("unknown {} {}{}", kind, quoted(word.text), hint));
  return 0;
}

std::uint32_t read_plain_number(TextLine& line, std::uint32_t max) {
  const Word word = line.take();
  return static_cast<std::uint32_t>(read_number(line, word, word.text, max).value_or(0));
}

Quantity unknown_quantity(TextLine& line, const Word& word) {
  std::vector<std::string_view> known;
  for (const MeasureName& name : measure_names()) known.push_back(name.word);
  std::string hint = suggestion(word.text, known);
  if (hint.empty()) {
    hint = "; expected a number, gap, leave:N, rest:N, whole, largest-free or needed";
  }
  line.fail(word, "unknown quantity " + quoted(word.text) + hint);
  return {};
}

// leave:40. A sign is allowed: leave:-8 asks for 8 bytes too much.
std::optional<Quantity> read_stated(TextLine& line, const Word& word, const MeasureName& name) {
  if (!word.text.starts_with(name.word)) return std::nullopt;
  const Sum sum = cut_sum(word.text.substr(name.word.size()));
  if (sum.base == ":" && !sum.digits.empty()) {
    return Quantity{name.measure, read_addend(line, word, sum)};
  }
  if (!sum.base.starts_with(':')) return std::nullopt;
  const std::string_view digits = sum.base.substr(1);
  const Word where{digits, word.column + name.word.size() + 1};
  return Quantity{name.measure, read_number(line, where, digits, ~std::uint64_t{0}).value_or(0)};
}

Quantity read_quantity(TextLine& line) {
  const Word word = line.take();
  if (is_digit(word.text[0])) {
    return {Measure::Literal, read_number(line, word, word.text, ~std::uint64_t{0}).value_or(0)};
  }
  const Sum sum = cut_sum(word.text);
  for (const MeasureName& name : measure_names()) {
    if (name.states) {
      if (const auto quantity = read_stated(line, word, name)) return *quantity;
    } else if (sum.base == name.word) {
      return {name.measure, read_addend(line, word, sum)};
    }
  }
  return unknown_quantity(line, word);
}

HobBody read_body(TextLine& line) {
  const auto names = body_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (line.take_if(names[i])) return static_cast<HobBody>(i);
  }
  return HobBody::Pattern;
}

bool read_null_out(TextLine& line) {
  if (!line.take_if("->")) return false;
  if (!line.take_if("null")) line.fail(line.peek(), "expected 'null' after '->'");
  return true;
}

// How a message names an operand that must be there; empty for one that may be absent.
std::string_view required_name(Operand operand) {
  switch (operand) {
    case Operand::MemoryType:
      return "memory type (BootServicesData, ... or a number)";
    case Operand::HobType:
      return "HOB type (GuidExtension, ... or a number)";
    case Operand::ByteValue:
      return "byte value (0 to 0xFF)";
    case Operand::BootMode:
      return "boot mode (a number, FullConfiguration, S3Resume or Recovery)";
    case Operand::PagePlace:
    case Operand::BytePlace:
      return "place (p0, page[0], stack, 0x1000, ...)";
    case Operand::SourcePlace:
      return "source place (p0, page[0], stack, 0x1000, ...)";
    case Operand::Pages:
      return "number of pages (3, gap, whole, ...)";
    case Operand::Bytes:
      return "number of bytes (40, leave:40, whole, ...)";
    case Operand::End:
    case Operand::Body:
    case Operand::Data:
    case Operand::NullOut:
      return {};
  }
  return {};
}

}  // namespace

void read_operand(TextLine& line, Operand operand, const ResultNames& names, Op& op) {
  const std::string_view required = required_name(operand);
  const std::string_view ahead = line.peek().text;
  if (!required.empty() && (ahead.empty() || ahead == "->" || ahead == "=")) {
    return line.fail(line.peek(), fmt::format("{}: missing {}", row_of(op.code).name, required));
  }
  switch (operand) {
    case Operand::End:
      return;
    case Operand::MemoryType:
      op.number = read_named_number(line, memory_type_names(), "memory type", kMax32);
      return;
    case Operand::HobType:
      op.number = read_named_number(line, hob_type_names(), "HOB type", 0xFFFF);
      return;
    case Operand::ByteValue:
      op.number = read_plain_number(line, 0xFF);
      return;
    case Operand::BootMode:
      op.number = read_named_number(line, boot_mode_names(), "boot mode", kMax32);
      return;
    case Operand::PagePlace:
    case Operand::BytePlace:
      op.place = read_place(line, line.take(), operand == Operand::PagePlace, names);
      return;
    case Operand::SourcePlace:
      op.source = read_place(line, line.take(), false, names);
      return;
    case Operand::Pages:
    case Operand::Bytes:
      op.quantity = read_quantity(line);
      return;
    case Operand::Body:
      op.body = read_body(line);
      return;
    case Operand::Data:
      op.data = read_data(line);
      return;
    case Operand::NullOut:
      op.null_out = read_null_out(line);
      return;
  }
}

}  // namespace hobnail::oracle
