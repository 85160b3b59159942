// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A line at a time; what stands before the words, a time say, is not read.
#include "fuzz/hob_dump/debug_log.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace hobnail {
namespace {

using oracle::HobKind;
using oracle::ListedHob;

// The next hexadecimal number, behind "0x"; the text goes on behind it.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  const std::size_t at = text.find_first_not_of(" \t-");
  if (at == std::string_view::npos || text.substr(at, 2) != "0x") return std::nullopt;
  text.remove_prefix(at + 2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

// "BASE - LAST".
bool take_range(std::string_view text, ListedHob& hob) {
  const auto base = take_number(text);
  if (!base || text.find('-') == std::string_view::npos) return false;
  const auto last = take_number(text);
  if (!last) return false;
  hob.base = *base;
  hob.length = *last - *base + 1;
  return true;
}

std::optional<ListedHob> hob_of(std::string_view line) {
  constexpr std::string_view kAllocation = "Memory Allocation ";
  ListedHob hob;
  if (const std::size_t at = line.find(kAllocation); at != std::string_view::npos) {
    std::string_view rest = line.substr(at + kAllocation.size());
    const auto type = take_number(rest);
    hob.kind = HobKind::Allocation;
    hob.type = static_cast<std::uint32_t>(type.value_or(0));
    return type && take_range(rest, hob) ? std::optional(hob) : std::nullopt;
  }
  constexpr std::pair<std::string_view, HobKind> kVolumes[] = {
      {"FV Hob ", HobKind::Fv}, {"FV2 Hob ", HobKind::Fv2}, {"FV3 Hob ", HobKind::Fv3}};
  for (const auto& [words, kind] : kVolumes) {
    const std::size_t at = line.find(words);
    if (at == std::string_view::npos) continue;
    hob.kind = kind;
    if (take_range(line.substr(at + words.size()), hob)) return hob;
  }
  return std::nullopt;
}

}  // namespace

oracle::HobListInput list_of_log(std::string_view text) {
  oracle::HobListInput list;
  while (!text.empty() && list.hobs.size() < oracle::kListHobsMax) {
    const std::size_t end = text.find('\n');
    if (auto hob = hob_of(text.substr(0, end))) list.hobs.push_back(*std::move(hob));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return list;
}

}  // namespace hobnail
