// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// BoardSet: the boards that a run uses. Programs of other boards are skipped, and the generator
// draws none.
//
// Invariant: the text of a set (`HOBNAIL_BOARDS`, --board, --without-board) names boards as a .boot
// file does: "heap-low,odd-top" for these only, "-tiny,-s3" for all but these.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/board/board_profile.h"

namespace hobnail::oracle {

class BoardSet {
 public:
  constexpr BoardSet() = default;  // all
  [[nodiscard]] static constexpr BoardSet none() { return BoardSet(0); }

  [[nodiscard]] constexpr bool contains(std::uint8_t board) const {
    return (bits_ >> board & 1U) != 0;
  }
  [[nodiscard]] constexpr bool is_all() const { return bits_ == ~std::uint32_t{0}; }
  constexpr void add(std::uint8_t board) { bits_ |= std::uint32_t{1} << board; }
  constexpr void remove(std::uint8_t board) { bits_ &= ~(std::uint32_t{1} << board); }

 private:
  constexpr explicit BoardSet(std::uint32_t bits) : bits_(bits) {}

  std::uint32_t bits_ = ~std::uint32_t{0};
};

struct BoardSetError {
  std::string message;  // one line: the name that is wrong, and the names that exist
};

// `only`: the boards of the set, all when it is empty; `without`: those that it lacks. An unknown
// name is an error, and so is a set without a board.
[[nodiscard]] std::variant<BoardSet, BoardSetError> board_set(
    const std::vector<std::string>& only, const std::vector<std::string>& without);

// The set of a text; all boards for an empty one.
[[nodiscard]] std::variant<BoardSet, BoardSetError> parse_board_set(std::string_view text);

// The text of the same set.
[[nodiscard]] std::string board_set_text(const std::vector<std::string>& only,
                                         const std::vector<std::string>& without);

}  // namespace hobnail::oracle
