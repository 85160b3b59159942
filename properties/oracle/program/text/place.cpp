// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/text/place.h"

#include <charconv>
#include <cstddef>
#include <vector>

#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/names.h"
#include "properties/oracle/program/text/number.h"

namespace hobnail::oracle {
namespace {

std::optional<std::uint16_t> read_index(std::string_view digits) {
  if (digits.empty() || digits.size() > 5) return std::nullopt;
  if (digits.size() > 1 && digits[0] == '0') return std::nullopt;  // p00 is a name of the user's
  std::uint16_t index = 0;
  const char* const end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, index).ptr != end) return std::nullopt;
  if (index > kIndexMax) return std::nullopt;
  return index;
}

// What stands where the index of this anchor stands: the 3 of page[3], of p3.
std::optional<std::string_view> index_digits(const AnchorName& name, std::string_view base) {
  if (!base.starts_with(name.word)) return std::nullopt;
  base.remove_prefix(name.word.size());
  if (name.shape == IndexShape::Suffix) return base;
  if (!base.starts_with('[') || !base.ends_with(']') || base.size() < 2) return std::nullopt;
  return base.substr(1, base.size() - 2);
}

std::optional<Place> spelled_as(const AnchorName& name, std::string_view base) {
  Place place;
  place.anchor = name.anchor;
  if (name.shape == IndexShape::None) {
    return base == name.word ? std::optional(place) : std::nullopt;
  }
  const auto digits = index_digits(name, base);
  if (!digits) return std::nullopt;
  const auto index = read_index(*digits);
  if (!index) return std::nullopt;
  place.index = *index;
  return place;
}

// name-of-RESULT, where RESULT is one of AllocatePages by the name that the program gave it.
std::optional<Place> name_of_result(std::string_view base, const ResultNames& names) {
  constexpr std::string_view kPrefix = "name-of-";
  if (!base.starts_with(kPrefix)) return std::nullopt;
  std::optional<Place> place = names.find(base.substr(kPrefix.size()));
  if (!place || place->anchor != Anchor::NamedPages) return std::nullopt;
  place->anchor = Anchor::NameOfPages;
  return place;
}

Place unknown_place(TextLine& line, const Word& word, std::string_view base,
                    const ResultNames& names) {
  std::vector<std::string_view> known = names.all();
  for (const AnchorName& name : anchor_names()) {
    if (name.shape != IndexShape::Suffix) known.push_back(name.word);
  }
  std::string hint = suggestion(base, known);
  if (hint.empty()) {
    hint =
        "; expected a result (p0, b0, h0 or a name defined above), page[n], pool[n], hob[n], "
        "freed[n] (n up to 16383), dram0, temporary-ram, stack, hob-list, free-bottom, free-top, "
        "memory-top, name-of-p0, or an address";
  }
  line.fail(word, "unknown place " + quoted(base) + hint);
  return {};
}

}  // namespace

Sum cut_sum(std::string_view word) {
  for (std::size_t at = word.size(); at-- > 0;) {
    const bool sign = word[at] == '+' || word[at] == '-';
    if (!sign) continue;
    if (at + 1 == word.size() || !is_digit(word[at + 1])) break;
    return {word.substr(0, at), word.substr(at + 1), word[at] == '-'};
  }
  return {word, {}, false};
}

std::uint64_t read_addend(TextLine& line, const Word& word, const Sum& sum) {
  if (sum.digits.empty()) return 0;
  const Word where{sum.digits, word.column + (word.text.size() - sum.digits.size())};
  const std::uint64_t value = read_number(line, where, sum.digits, ~std::uint64_t{0}).value_or(0);
  return sum.minus ? 0 - value : value;
}

std::optional<Place> anchor_spelled(std::string_view base) {
  for (const AnchorName& name : anchor_names()) {
    if (auto place = spelled_as(name, base)) return place;
  }
  return std::nullopt;
}

Place read_place(TextLine& line, const Word& word, bool pages, const ResultNames& names) {
  if (is_digit(word.text[0])) {
    Place address;
    address.offset = read_number(line, word, word.text, ~std::uint64_t{0}).value_or(0);
    return address;
  }
  const bool address_of = word.text[0] == '&';
  const Sum sum = cut_sum(word.text.substr(address_of ? 1 : 0));
  std::optional<Place> place = anchor_spelled(sum.base);
  if (!place) place = names.find(sum.base);
  if (!place) place = name_of_result(sum.base, names);
  if (!place) return unknown_place(line, word, sum.base, names);
  place->offset = read_addend(line, word, sum);
  place->in_pages = pages && !address_of && counts_pages(place->anchor);
  return *place;
}

}  // namespace hobnail::oracle
