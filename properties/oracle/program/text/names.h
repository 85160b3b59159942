// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The words of a `.boot` file that stand for numbers; those of PI's types are in pi_names.h.
// Printer and parser read the same tables, so that they agree on every word.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/pi_names.h"
#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

// How an anchor is spelled: `page[3]` has an index in brackets, `dram1` one at its end.
enum class IndexShape : std::uint8_t { None, Brackets, Suffix };

struct AnchorName {
  Anchor anchor;
  std::string_view word;
  IndexShape shape;
};

// Every anchor but Absolute.
[[nodiscard]] std::span<const AnchorName> anchor_names();
[[nodiscard]] const AnchorName& name_of(Anchor anchor);

// `gap+1` adds, `leave:40` states.
struct MeasureName {
  Measure measure;
  std::string_view word;
  bool states;
};

// Every measure but Literal.
[[nodiscard]] std::span<const MeasureName> measure_names();
[[nodiscard]] const MeasureName& name_of(Measure measure);

// The word of each body, by its number.
[[nodiscard]] std::span<const std::string_view> body_names();

// By the word of a file; rows without one do not count.
[[nodiscard]] std::optional<std::uint32_t> number_named(std::span<const PiName> names,
                                                        std::string_view word);
[[nodiscard]] std::string_view name_numbered(std::span<const PiName> names, std::uint32_t number);
[[nodiscard]] std::vector<std::string_view> names_in(std::span<const PiName> names);

// The candidate that a person who wrote `word` may have meant; empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

// "; did you mean 'X'?" or nothing.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> candidates);

}  // namespace hobnail::oracle
