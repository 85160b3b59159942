// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/text/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

constexpr std::array<AnchorName, kAnchors - 1> kAnchorNames{{
    {Anchor::LivePages, "page", IndexShape::Brackets},
    {Anchor::LivePool, "pool", IndexShape::Brackets},
    {Anchor::LiveHob, "hob", IndexShape::Brackets},
    {Anchor::FreedPages, "freed", IndexShape::Brackets},
    {Anchor::NamedPages, "p", IndexShape::Suffix},
    {Anchor::NamedPool, "b", IndexShape::Suffix},
    {Anchor::NamedHob, "h", IndexShape::Suffix},
    {Anchor::Dram, "dram", IndexShape::Suffix},
    {Anchor::TemporaryRam, "temporary-ram", IndexShape::None},
    {Anchor::Stack, "stack", IndexShape::None},
    {Anchor::HobList, "hob-list", IndexShape::None},
    {Anchor::FreeBottom, "free-bottom", IndexShape::None},
    {Anchor::FreeTop, "free-top", IndexShape::None},
    {Anchor::MemoryTop, "memory-top", IndexShape::None},
    {Anchor::NameOfPages, "name-of-p", IndexShape::Suffix},
}};

constexpr std::array<MeasureName, kMeasures - 1> kMeasureNames{{
    {Measure::Gap, "gap", false},
    {Measure::Leave, "leave", true},
    {Measure::Rest, "rest", true},
    {Measure::Whole, "whole", false},
    {Measure::LargestFree, "largest-free", false},
    {Measure::Needed, "needed", false},
}};

constexpr std::array<std::string_view, kBodies> kBodyNames{"pattern", "platform", "module", "stack",
                                                           "free"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Levenshtein's distance, case ignored.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i]) != lower(b[j]) ? 1 : 0);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::span<const AnchorName> anchor_names() { return kAnchorNames; }
std::span<const MeasureName> measure_names() { return kMeasureNames; }
std::span<const std::string_view> body_names() { return kBodyNames; }

const AnchorName& name_of(Anchor anchor) {
  return kAnchorNames[static_cast<std::size_t>(anchor) - 1];
}

const MeasureName& name_of(Measure measure) {
  return kMeasureNames[static_cast<std::size_t>(measure) - 1];
}

std::optional<std::uint32_t> number_named(std::span<const PiName> names, std::string_view word) {
  for (const PiName& entry : names) {
    if (!word.empty() && entry.word == word) return entry.number;
  }
  return std::nullopt;
}

std::string_view name_numbered(std::span<const PiName> names, std::uint32_t number) {
  const PiName* const name = find_name(names, number);
  return name == nullptr ? std::string_view() : name->word;
}

std::vector<std::string_view> names_in(std::span<const PiName> names) {
  std::vector<std::string_view> result;
  for (const PiName& entry : names) {
    if (!entry.word.empty()) result.push_back(entry.word);
  }
  return result;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 40;  // no word of ours comes near to it
  if (word.size() > kLongest) return {};
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const std::string_view candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d >= best_distance || d >= candidate.size()) continue;
    best = candidate;
    best_distance = d;
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view meant = nearest(word, candidates);
  return meant.empty() ? std::string() : "; did you mean '" + std::string(meant) + "'?";
}

}  // namespace hobnail::oracle
