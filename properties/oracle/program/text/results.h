// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ResultNames: the names that a program gives to results, and what each denotes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "properties/oracle/program/op.h"
#include "properties/oracle/program/text/line.h"

namespace hobnail::oracle {

// The names that the results of a program have, in the order of their lines.
//
// Invariant: a word means one thing. p<n>, b<n> and h<n> always denote the n-th op of their kind,
// and no name of a user looks like one of them, like a word of the language, or like a sum.
class ResultNames {
 public:
  // The result of the next op of this kind comes forth under `name` (empty: its canonical one).
  void define(TextLine& line, const Word& name, Result result);
  // Results from here on are of a group that is repeated.
  void begin_group();
  // There were so many rounds: names of the group are those of its last one.
  void end_group(std::size_t rounds);
  [[nodiscard]] std::optional<Place> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all() const;

 private:
  struct Entry {
    std::string_view name;
    Result kind;
    Anchor anchor;
    std::uint16_t index;
  };
  std::vector<Entry> entries_;
  std::array<std::uint16_t, 4> count_{};
  std::array<std::uint16_t, 4> count_before_group_{};
  std::size_t entries_before_group_ = 0;
};

}  // namespace hobnail::oracle
