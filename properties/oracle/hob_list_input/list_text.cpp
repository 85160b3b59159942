// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line is a setting, a HOB or a patch, by its first word.
#include "properties/oracle/hob_list_input/list_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "properties/oracle/hob_list_input/list_fields.h"
#include "properties/oracle/program/text/line.h"
#include "properties/oracle/program/text/names.h"
#include "properties/oracle/program/text/number.h"

namespace hobnail::oracle {
namespace {

constexpr std::array<std::string_view, kKnownGuids> kGuids{"None", "Stack", "BspStore", "Module",
                                                           "MemoryTypeInformation"};
constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kAny32 = std::numeric_limits<std::uint32_t>::max();

std::uint64_t number(TextLine& line, std::uint64_t max, std::string_view what) {
  const Word word = line.take();
  if (word.text.empty()) {
    line.fail(word, fmt::format("missing {}", what));
    return 0;
  }
  return read_number(line, word, word.text, max).value_or(0);
}

std::uint32_t number32(TextLine& line, std::uint64_t max, std::string_view what) {
  return static_cast<std::uint32_t>(number(line, max, what));
}

// The place of `word` among `words`, or their number when it is none of them.
std::size_t place_of(std::span<const std::string_view> words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

std::uint32_t memory_type(TextLine& line, const Word& word, std::string_view text) {
  if (const auto named = number_named(memory_type_names(), text)) return *named;
  return static_cast<std::uint32_t>(read_number(line, word, text, kAny32).value_or(0));
}

std::uint32_t resource_type(TextLine& line) {
  const auto named = number_named(resource_type_names(), line.peek().text);
  if (!named) return number32(line, kAny32, "resource type");
  line.take();
  return *named;
}

KnownGuid known_guid(TextLine& line) {
  const Word word = line.take();
  const std::size_t place = place_of(known_guid_words(), word.text);
  if (place < known_guid_words().size()) return static_cast<KnownGuid>(place);
  line.fail(word, quoted(word.text) + " is not a known GUID name" +
                      suggestion(word.text, known_guid_words()) +
                      "; write any other GUID with patch");
  return KnownGuid::None;
}

void read_body(TextLine& line, ListedHob& hob) {
  const Word word = line.peek();
  hob.length = number(line, kBodyBytesMax, "length of the body");
  hob.data = read_data(line);
  if (hob.data.size() > hob.length) line.fail(word, "the data is longer than the body");
}

void read_bins(TextLine& line, ListedHob& hob) {
  while (!line.at_end() && !line.complaint()) {
    const Word word = line.take();
    const std::size_t colon = word.text.find(':');
    if (colon == std::string_view::npos) {
      return line.fail(word, quoted(word.text) + " is not a bin; write TYPE:PAGES");
    }
    const std::uint32_t type = memory_type(line, word, word.text.substr(0, colon));
    if (hob.bins.size() == kBinsMax) line.fail(word, "too many bins for one table");
    const auto pages = read_number(line, word, word.text.substr(colon + 1), kAny32);
    hob.bins.push_back({type, static_cast<std::uint32_t>(pages.value_or(0))});
  }
}

void read_field(TextLine& line, HobField field, ListedHob& hob) {
  switch (field) {
    case HobField::End:
      return;
    case HobField::ResourceType:
      hob.type = resource_type(line);
      return;
    case HobField::Attribute:
      hob.attribute = number32(line, kAny32, "attribute");
      return;
    case HobField::MemoryType: {
      const Word word = line.take();
      hob.type = memory_type(line, word, word.text);
      return;
    }
    case HobField::Base:
      hob.base = number(line, kAny, "base");
      return;
    case HobField::Length:
      hob.length = number(line, kAny, "length");
      return;
    case HobField::MemoryAttributes:
      hob.memory_attribute = number(line, kAny, "memory attributes");
      return;
    case HobField::OptionalName:
      if (line.at_end()) return;
      [[fallthrough]];
    case HobField::Name:
      hob.name = known_guid(line);
      return;
    case HobField::AddressBits:
      hob.type = number32(line, 0xFF, "address bits");
      return;
    case HobField::HobType:
      hob.type = number32(line, 0xFFFF, "HOB type");
      return;
    case HobField::Body:
      return read_body(line, hob);
    case HobField::Bins:
      return read_bins(line, hob);
  }
}

void read_granularity(TextLine& line, HobListInput& list) {
  const Word word = line.peek();
  const std::uint64_t bytes = number(line, kAny, "granularity");
  for (unsigned shift = 12; shift <= 30; ++shift) {
    if (bytes != std::uint64_t{1} << shift) continue;
    list.granularity_shift = shift;
    return;
  }
  line.fail(word, "the granularity must be a power of two from 0x1000 to 0x40000000");
}

void read_give(TextLine& line, HobListInput& list) {
  const Word word = line.take();
  const bool less = word.text.starts_with('-');
  const auto bytes = read_number(line, word, word.text.substr(less ? 1 : 0), kListBytesMax);
  const auto count = static_cast<std::int32_t>(bytes.value_or(0));
  list.give = less ? -count : count;
}

void read_patch(TextLine& line, HobListInput& list) {
  ListPatch patch;
  const Word word = line.peek();
  patch.offset = number32(line, kListBytesMax, "offset");
  patch.bytes = read_data(line);
  if (patch.bytes.empty()) line.fail(word, "patch: missing bytes (for example 0x3a hex ff)");
  if (list.patches.size() == kListPatchesMax) line.fail(word, "too many patches in one list");
  list.patches.push_back(std::move(patch));
}

std::vector<std::string_view> kind_words() {
  std::vector<std::string_view> words;
  for (const HobRow& row : hob_rows().first(kHobKinds)) words.push_back(row.word);
  return words;
}

void read_hob(TextLine& line, const Word& word, HobListInput& list) {
  const auto rows = hob_rows();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const HobRow& each) { return each.word == word.text; });
  if (row == rows.end()) {
    return line.fail(word, quoted(word.text) +
                               " is unknown; expected a HOB, memory, granularity, patch or give" +
                               suggestion(word.text, kind_words()));
  }
  if (list.hobs.size() == kListHobsMax) line.fail(word, "too many HOBs in one list");
  ListedHob hob;
  hob.kind = row->kind;
  hob.second = row->second;
  for (const HobField field : row->fields) read_field(line, field, hob);
  list.hobs.push_back(std::move(hob));
}

void read_line(TextLine& line, HobListInput& list) {
  const Word word = line.take();
  if (word.text == "memory") {
    for (std::uint64_t* each : {&list.bottom, &list.base, &list.free_top, &list.top}) {
      *each = number(line, kAny, "address: bottom, PHIT, free top, top");
    }
  } else if (word.text == "granularity") {
    read_granularity(line, list);
  } else if (word.text == "patch") {
    read_patch(line, list);
  } else if (word.text == "give") {
    read_give(line, list);
  } else {
    read_hob(line, word, list);
  }
  if (!line.at_end()) {
    line.fail(line.peek(), "unexpected " + quoted(line.peek().text) + " at end of line");
  }
}

bool is_head(TextLine& line) { return line.take_if("hobs") && line.take_if("v1") && line.at_end(); }

// Takes a line off the front of `text`.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// --- printing
// -------------------------------------------------------------------------------------

std::string named(std::span<const PiName> names, std::uint32_t number) {
  const std::string_view name = name_numbered(names, number);
  return name.empty() ? fmt::format("{:#x}", number) : std::string(name);
}

std::string hex_text(const std::vector<std::uint8_t>& data) {
  if (data.empty()) return {};
  std::string text = " hex ";
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (i != 0 && i % 8 == 0) text += ' ';
    text += fmt::format("{:02x}", data[i]);
  }
  return text;
}

std::string_view guid_text(KnownGuid name) { return kGuids[static_cast<std::size_t>(name)]; }

std::string bins_text(const ListedHob& hob) {
  std::string text;
  for (const BinEntry& entry : hob.bins) {
    text += fmt::format(" {}:{:#x}", named(memory_type_names(), entry.type), entry.pages);
  }
  return text;
}

// One field as text, a blank before it; empty when it is not written.
std::string field_text(const ListedHob& hob, HobField field) {
  switch (field) {
    case HobField::End:
      return {};
    case HobField::ResourceType:
      return " " + named(resource_type_names(), hob.type);
    case HobField::Attribute:
      return fmt::format(" {:#x}", hob.attribute);
    case HobField::MemoryType:
      return " " + named(memory_type_names(), hob.type);
    case HobField::Base:
      return fmt::format(" {:#x}", hob.base);
    case HobField::Length:
      return fmt::format(" {:#x}", hob.length);
    case HobField::MemoryAttributes:
      return fmt::format(" {:#x}", hob.memory_attribute);
    case HobField::OptionalName:
      if (hob.name == KnownGuid::None) return {};
      [[fallthrough]];
    case HobField::Name:
      return fmt::format(" {}", guid_text(hob.name));
    case HobField::AddressBits:
      return fmt::format(" {}", hob.type);
    case HobField::HobType:
      return fmt::format(" {:#x}", hob.type);
    case HobField::Body:
      return fmt::format(" {}{}", hob.length, hex_text(hob.data));
    case HobField::Bins:
      return bins_text(hob);
  }
  return {};
}

std::string hob_text(const ListedHob& hob) {
  const HobRow& row = row_of(hob);
  std::string text(row.word);
  for (const HobField field : row.fields) text += field_text(hob, field);
  return text + "\n";
}

}  // namespace

std::variant<HobListInput, TextError> parse_hobs(std::string_view text) {
  HobListInput list;
  bool has_head = false;
  std::size_t number = 1;
  for (; !text.empty(); ++number) {
    TextLine line(next_line(text));
    if (line.at_end() && !line.complaint()) continue;
    if (!has_head) {
      has_head = is_head(line);
      if (!has_head) return TextError{number, 1, "expected 'hobs v1' as the first line"};
      continue;
    }
    if (!line.complaint()) read_line(line, list);
    if (line.complaint()) {
      return TextError{number, line.complaint()->column, line.complaint()->message};
    }
  }
  if (!has_head) return TextError{number, 1, "expected 'hobs v1' as the first line"};
  return list;
}

bool looks_like_hobs(std::string_view bytes) {
  while (!bytes.empty()) {
    TextLine line(next_line(bytes));
    if (line.at_end() && !line.complaint()) continue;
    return is_head(line);
  }
  return false;
}

std::span<const std::string_view> known_guid_words() { return kGuids; }

std::string print_hobs(const HobListInput& list) {
  std::string text = "hobs v1\n";
  if (list.granularity_shift != 12) {
    text += fmt::format("granularity {:#x}\n", std::uint64_t{1} << list.granularity_shift);
  }
  text += fmt::format("memory {:#x} {:#x} {:#x} {:#x}\n", list.bottom, list.base, list.free_top,
                      list.top);
  for (const ListedHob& hob : list.hobs) text += hob_text(hob);
  for (const ListPatch& patch : list.patches) {
    text += fmt::format("patch {:#x}{}\n", patch.offset, hex_text(patch.bytes));
  }
  if (list.give != 0) text += fmt::format("give {}\n", list.give);
  return text;
}

}  // namespace hobnail::oracle
