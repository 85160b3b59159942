// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The tables of words, and the search for the word that was meant.
#include "properties/oracle/program/text/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include "properties/oracle/program/canonical.h"

namespace pei::oracle {
namespace {

constexpr std::array<NamedNumber, 16> kMemoryTypes{{
    {"Reserved", 0},
    {"LoaderCode", 1},
    {"LoaderData", 2},
    {"BootServicesCode", 3},
    {"BootServicesData", 4},
    {"RuntimeServicesCode", 5},
    {"RuntimeServicesData", 6},
    {"Conventional", 7},
    {"Unusable", 8},
    {"ACPIReclaim", 9},
    {"ACPINvs", 10},
    {"MMIO", 11},
    {"MMIOPortSpace", 12},
    {"PalCode", 13},
    {"Persistent", 14},
    {"Unaccepted", 15},
}};

constexpr std::array<NamedNumber, 13> kHobTypes{{
    {"Handoff", 1},
    {"MemoryAllocation", 2},
    {"ResourceDescriptor", 3},
    {"GuidExtension", 4},
    {"Fv", 5},
    {"Cpu", 6},
    {"MemoryPool", 7},
    {"Fv2", 9},
    {"LoadPeimUnused", 10},
    {"Capsule", 11},
    {"Fv3", 12},
    {"Unused", 0xFFFE},
    {"EndOfHobList", 0xFFFF},
}};

constexpr std::array<NamedNumber, 3> kBootModes{{
    {"FullConfiguration", 0},
    {"S3Resume", 0x11},
    {"Recovery", 0x20},
}};

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

std::span<const NamedNumber> memory_type_names() { return kMemoryTypes; }
std::span<const NamedNumber> hob_type_names() { return kHobTypes; }
std::span<const NamedNumber> boot_mode_names() { return kBootModes; }
std::span<const AnchorName> anchor_names() { return kAnchorNames; }
std::span<const MeasureName> measure_names() { return kMeasureNames; }
std::span<const std::string_view> body_names() { return kBodyNames; }

const AnchorName& name_of(Anchor anchor) {
  return kAnchorNames[static_cast<std::size_t>(anchor) - 1];
}

const MeasureName& name_of(Measure measure) {
  return kMeasureNames[static_cast<std::size_t>(measure) - 1];
}

std::optional<std::uint32_t> number_named(std::span<const NamedNumber> names,
                                          std::string_view word) {
  for (const NamedNumber& entry : names) {
    if (entry.name == word) return entry.number;
  }
  return std::nullopt;
}

std::string_view name_numbered(std::span<const NamedNumber> names, std::uint32_t number) {
  for (const NamedNumber& entry : names) {
    if (entry.number == number) return entry.name;
  }
  return {};
}

std::vector<std::string_view> names_in(std::span<const NamedNumber> names) {
  std::vector<std::string_view> result;
  for (const NamedNumber& entry : names) result.push_back(entry.name);
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

}  // namespace pei::oracle
