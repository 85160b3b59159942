// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Deleting ops, naming results.
#include "fuzz/triage/boot/edit.h"

#include <array>
#include <optional>
#include <utility>

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::named_result;
using oracle::Op;
using oracle::Place;
using oracle::Program;
using oracle::row_of;

// For each kind, for each handle of the old program: its number in the new one, if it is there.
using Renumbering = std::array<std::vector<std::optional<std::uint16_t>>, 4>;

struct Fate {
  Renumbering numbers;
  std::array<std::uint16_t, 4> next{};

  void note(const Op& op, bool kept) {
    const auto kind = static_cast<std::size_t>(row_of(op.code).result);
    if (kind == 0) return;
    numbers[kind].push_back(kept ? std::optional(next[kind]++) : std::nullopt);
  }
  // False when what the place is named after is gone.
  [[nodiscard]] bool renumber(Place& place) const {
    const auto kind = static_cast<std::size_t>(named_result(place));
    // A handle of a later op, or of none, is a handle of nothing; it stays so.
    if (kind == 0 || place.index >= numbers[kind].size()) return true;
    const std::optional<std::uint16_t> number = numbers[kind][place.index];
    if (number) place.index = *number;
    return number.has_value();
  }
};

}  // namespace

Program without(const Program& program, std::vector<bool> dropped) {
  Program result{program.board, program.garbage, {}, program.contract};
  Fate fate;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    bool kept = !dropped[i];
    Op op = program.ops[i];
    kept = kept && fate.renumber(op.place) && fate.renumber(op.source);
    fate.note(op, kept);
    if (kept) result.ops.push_back(std::move(op));
  }
  return result;
}

Program without_only(const Program& program, std::size_t dropped) {
  Program result{program.board, program.garbage, {}, program.contract};
  Fate fate;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    Op op = program.ops[i];
    for (Place* const place : {&op.place, &op.source}) {
      if (!fate.renumber(*place) && place->index != 0) --place->index;
    }
    fate.note(op, i != dropped);
    if (i != dropped) result.ops.push_back(std::move(op));
  }
  return result;
}

bool is_relative(const Place& place) {
  return place.anchor == Anchor::LivePages || place.anchor == Anchor::LivePool ||
         place.anchor == Anchor::LiveHob || place.anchor == Anchor::FreedPages;
}

Program with_names(const Program& program, const SharedState& board, std::size_t only) {
  Program result = program;
  for (std::size_t i = 0; i < result.ops.size() && i < board.resolved.size(); ++i) {
    const auto& resolved = board.resolved[i];
    if (!resolved.valid || (only != kAllOps && only != i)) continue;
    Op& op = result.ops[i];
    if (is_relative(op.place)) op.place = resolved.place;
    if (is_relative(op.source)) op.source = resolved.source;
  }
  return result;
}

}  // namespace hobnail
