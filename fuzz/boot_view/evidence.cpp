// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading hexadecimal numbers, and what stands around them.
#include "fuzz/boot_view/evidence.h"

#include <algorithm>
#include <charconv>

namespace hobnail {
namespace {

using pei::oracle::Region;

struct Number {
  std::uint64_t value = 0;
  std::size_t end = 0;  // in the text, behind its last digit; 0: there is none
};

// The number that begins at `from` with 0x.
Number number_at(std::string_view text, std::size_t from) {
  if (text.substr(from, 2) != "0x") return {};
  Number number;
  const char* const last = text.data() + text.size();
  const auto read = std::from_chars(text.data() + from + 2, last, number.value, 16);
  if (read.ec != std::errc()) return {};
  number.end = static_cast<std::size_t>(read.ptr - text.data());
  return number;
}

// What follows the first number of a range.
Region range_from(std::string_view text, bool bracket, Number& number) {
  const std::uint64_t base = number.value;
  const bool to = bracket && text.substr(number.end, 2) == ", ";
  const bool plus = text.substr(number.end, 1) == "+";
  if (!to && !plus) return {base, 1};
  const Number second = number_at(text, number.end + (to ? 2 : 1));
  if (second.end == 0) return {base, 1};
  number.end = second.end;
  const std::uint64_t size = to ? second.value - base : second.value;
  return {base, std::max<std::uint64_t>(size, 1)};
}

}  // namespace

std::vector<Region> memory_named_in(std::string_view evidence,
                                    std::span<const StoryRegion> regions) {
  std::vector<Region> named;
  for (std::size_t at = evidence.find("0x"); at != std::string_view::npos;
       at = evidence.find("0x", at)) {
    Number number = number_at(evidence, at);
    if (number.end == 0) {
      at += 2;
      continue;
    }
    const Region range = range_from(evidence, at > 0 && evidence[at - 1] == '[', number);
    at = number.end;
    const bool inside = std::any_of(regions.begin(), regions.end(), [&](const StoryRegion& region) {
      return region.where.contains(range.base);
    });
    if (inside && std::find(named.begin(), named.end(), range) == named.end()) {
      named.push_back(range);
    }
  }
  return named;
}

}  // namespace hobnail
