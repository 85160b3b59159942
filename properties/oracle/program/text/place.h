// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Words that name a place: `p0+1`, `&page[2]-8`, `free-top-0x1000`, `0xFFFFF000`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "properties/oracle/program/op.h"
#include "properties/oracle/program/text/line.h"
#include "properties/oracle/program/text/results.h"

namespace hobnail::oracle {

// A word cut into what it names and what is added to that.
struct Sum {
  std::string_view base;
  std::string_view digits;  // empty: nothing is added
  bool minus = false;
};

// Cuts at the last sign that a digit follows; `-` within a name (`free-top`) stays in the name.
[[nodiscard]] Sum cut_sum(std::string_view word);

// The value that a sum adds, modulo 2^64.
[[nodiscard]] std::uint64_t read_addend(TextLine& line, const Word& word, const Sum& sum);

// An anchor as it is spelled, without an offset: `page[3]`, `p0`, `stack`. Indices above 16383 are
// not recognised.
[[nodiscard]] std::optional<Place> anchor_spelled(std::string_view base);

[[nodiscard]] Place read_place(TextLine& line, const Word& word, bool pages,
                               const ResultNames& names);

}  // namespace hobnail::oracle
