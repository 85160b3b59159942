// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Operands by chance: one routine per purpose, each of three classes (a literal, a boundary, a
// relation to live state), in proportions that are drawn anew for each program.
#pragma once

#include <cstdint>
#include <span>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/program/op.h"

namespace pei::oracle {

// The character of one program: how often each class of operand is drawn, 1 in n.
struct Character {
  std::uint64_t boundary = 12;
  std::uint64_t relation = 12;
  std::uint64_t bogus = 12;
  std::uint64_t large = 16;  // page counts above a handful
};

[[nodiscard]] Character draw_character(Random& random);

// One of a list; all as likely.
template <typename T, std::size_t N>
[[nodiscard]] const T& pick(Random& random, const T (&list)[N]) {
  return list[random.below(N)];
}

// Small numbers are likely, and none below `bound` impossible.
[[nodiscard]] std::uint16_t pick_recent(Random& random, std::uint16_t bound);

[[nodiscard]] Quantity some_pages(Random& random, const Character& character);
[[nodiscard]] Quantity some_bytes(Random& random, const Character& character);
// A length within something that is live.
[[nodiscard]] Quantity some_length(Random& random, const Character& character);

// A place in memory that a PEIM owns, mostly; an offset in bytes.
[[nodiscard]] Place owned_place(Random& random, const Character& character);

[[nodiscard]] std::uint32_t some_memory_type(Random& random, const Character& character);

// Fills place and quantity of a FreePages or an InstallPeiMemory.
void choose_free(Random& random, const Character& character, Op& op);
void choose_install(Random& random, const Character& character, Op& op);

// Fills the operands of a CreateHob; well-formed ones describe the memory of `board`.
void choose_hob(Random& random, const Character& character, std::uint8_t board, Op& op);

// Some bytes for a data operand.
[[nodiscard]] std::vector<std::uint8_t> some_data(Random& random, std::uint64_t bound);

}  // namespace pei::oracle
