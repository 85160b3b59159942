// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Operands by chance: one routine per purpose, each of three classes (a literal, a boundary, a
// relation to live state), in proportions that are drawn anew for each program.
#pragma once

#include <cstdint>
#include <span>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

// The character of one program: how often each class of operand is drawn, 1 in n.
struct GeneratorProfile {
  std::uint64_t boundary = 12;
  std::uint64_t relation = 12;
  std::uint64_t bogus = 12;
  std::uint64_t large = 16;  // page counts above a handful
};

[[nodiscard]] GeneratorProfile draw_character(Random& random);

// One of a list; all as likely.
template <typename T, std::size_t N>
[[nodiscard]] const T& pick(Random& random, const T (&list)[N]) {
  return list[random.below(N)];
}

// Small numbers are likely, and none below `bound` impossible.
[[nodiscard]] std::uint16_t pick_recent(Random& random, std::uint16_t bound);

[[nodiscard]] Quantity some_pages(Random& random, const GeneratorProfile& character);
[[nodiscard]] Quantity some_bytes(Random& random, const GeneratorProfile& character);
// A length within something that is live.
[[nodiscard]] Quantity some_length(Random& random, const GeneratorProfile& character);

// A place in memory that a PEIM owns, mostly; an offset in bytes.
[[nodiscard]] Place owned_range(Random& random, const GeneratorProfile& character);

[[nodiscard]] std::uint32_t some_memory_type(Random& random, const GeneratorProfile& character);

// Some bytes for a data operand.
[[nodiscard]] std::vector<std::uint8_t> some_data(Random& random, std::uint64_t bound);

}  // namespace hobnail::oracle
