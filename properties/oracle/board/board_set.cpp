// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names of boards to sets of them.
#include "properties/oracle/board/board_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <span>

#include "properties/oracle/choice_text.h"

namespace hobnail::oracle {
namespace {

using Names = std::vector<std::string>;

std::optional<std::uint8_t> number_of(std::string_view name) {
  const std::span<const BoardProfile> all = board_profiles();
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const BoardProfile& board) { return board.name == name; });
  if (at == all.end()) return std::nullopt;
  return at->number;
}

std::optional<BoardSetError> objection_to(const Names& names) {
  for (const std::string& name : names) {
    if (number_of(name)) continue;
    Names known;
    for (const BoardProfile& board : board_profiles()) known.emplace_back(board.name);
    return BoardSetError{
        fmt::format("board '{}' is unknown; boards: {}", name, fmt::join(known, ", "))};
  }
  return std::nullopt;
}

}  // namespace

std::variant<BoardSet, BoardSetError> board_set(const Names& only, const Names& without) {
  for (const Names* names : {&only, &without}) {
    if (auto error = objection_to(*names)) return *std::move(error);
  }
  BoardSet set = only.empty() ? BoardSet() : BoardSet::none();
  for (const std::string& name : only) set.add(*number_of(name));
  for (const std::string& name : without) set.remove(*number_of(name));
  const auto profiles = board_profiles();
  const bool any = std::any_of(profiles.begin(), profiles.end(),
                               [&](const BoardProfile& one) { return set.contains(one.number); });
  if (!any) return BoardSetError{"no board is left: every board is left out"};
  return set;
}

std::variant<BoardSet, BoardSetError> parse_board_set(std::string_view text) {
  const Choice choice = choice_of(text);
  return board_set(choice.only, choice.without);
}

std::string board_set_text(const Names& only, const Names& without) {
  return choice_text(only, without);
}

}  // namespace hobnail::oracle
