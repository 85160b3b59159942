// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/text/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "properties/oracle/program/text/names.h"
#include "properties/oracle/program/text/number.h"
#include "properties/oracle/program/text/place.h"

namespace hobnail::oracle {
namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool is_identifier(std::string_view name) {
  return is_letter(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '-';
         });
}

Anchor anchor_of(Result result) {
  switch (result) {
    case Result::None:
      return Anchor::Absolute;
    case Result::Pages:
      return Anchor::NamedPages;
    case Result::Pool:
      return Anchor::NamedPool;
    case Result::Hob:
      return Anchor::NamedHob;
  }
  return Anchor::Absolute;
}

// A word that means something else in this language.
bool is_taken_word(std::string_view name) {
  for (const AnchorName& anchor : anchor_names()) {
    if (anchor.shape != IndexShape::Suffix && name == anchor.word) return true;
  }
  for (const MeasureName& measure : measure_names()) {
    if (name == measure.word) return true;
  }
  return name == "hex" || name == "null";
}

// Why `name` cannot be given; empty when it can.
std::string refusal(std::string_view name) {
  if (!is_identifier(name)) {
    return quoted(name) + " is not a name; use letters, digits, '_' and '-'";
  }
  if (is_taken_word(name) || anchor_spelled(name)) return quoted(name) + " already names a place";
  if (!cut_sum(name).digits.empty()) {
    return quoted(name) + " is ambiguous: '-' and a digit subtract; use no digit after '-'";
  }
  return {};
}

}  // namespace

void ResultNames::define(TextLine& line, const Word& name, Result result) {
  const std::uint16_t nth = count_[static_cast<std::size_t>(result)]++;
  if (name.text.empty()) return;
  const Anchor anchor = anchor_of(result);
  const std::string its_own = fmt::format("{}{}", name_of(anchor).word, nth);
  if (name.text == its_own) return;
  const auto other = anchor_spelled(name.text);
  if (other && other->anchor >= Anchor::NamedPages && other->anchor <= Anchor::NamedHob) {
    return line.fail(
        name, fmt::format("this result must be named '{}', not {}", its_own, quoted(name.text)));
  }
  const std::string why = refusal(name.text);
  if (!why.empty()) return line.fail(name, why);
  if (find(name.text)) return line.fail(name, quoted(name.text) + " already names a result");
  entries_.push_back({name.text, result, anchor, nth});
}

void ResultNames::begin_group() {
  count_before_group_ = count_;
  entries_before_group_ = entries_.size();
}

void ResultNames::end_group(std::size_t rounds) {
  std::array<std::uint16_t, 4> added{};
  for (std::size_t kind = 0; kind < count_.size(); ++kind) {
    const std::size_t each = count_[kind] - count_before_group_[kind];
    added[kind] = static_cast<std::uint16_t>(each * (rounds - 1));
    count_[kind] = static_cast<std::uint16_t>(count_[kind] + added[kind]);
  }
  for (std::size_t i = entries_before_group_; i < entries_.size(); ++i) {
    const auto kind = static_cast<std::size_t>(entries_[i].kind);
    entries_[i].index = static_cast<std::uint16_t>(entries_[i].index + added[kind]);
  }
}

std::optional<Place> ResultNames::find(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.name != name) continue;
    Place place;
    place.anchor = entry.anchor;
    place.index = entry.index;
    return place;
  }
  return std::nullopt;
}

std::vector<std::string_view> ResultNames::all() const {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries_) names.push_back(entry.name);
  return names;
}

}  // namespace hobnail::oracle
