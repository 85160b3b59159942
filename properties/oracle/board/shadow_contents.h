// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Contents: the expected bytes of memory that PEIMs own. A PEIM's write goes to the memory and to
// the board's shadow; the comparison of both detects every later change.
//
//   memory   [####......####......####]     # known: written by the PEIM, compared with the shadow
//   shadow   [####......####......####]     . unknown: never written, may hold anything
//
// Invariant: the known spans of an allocation are sorted, disjoint, not empty and inside it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "properties/oracle/board/board.h"

namespace hobnail::oracle {

// Bytes [from, to) of an allocation, counted from its base.
struct Span {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

class DefinedRanges {
 public:
  [[nodiscard]] const std::vector<Span>& spans() const { return spans_; }
  void add(Span span);
  void reserve(std::size_t spans) { spans_.reserve(spans); }
  void clear() { spans_.clear(); }
  // The known bytes of [from, to), counted from `from`.
  [[nodiscard]] DefinedRanges cut(Span piece) const;

 private:
  std::vector<Span> spans_;
};

// Writes a pattern keyed by `key` over what a PEIM would touch of a new allocation: all of it when
// it is small, else its ends and the ends of many of its pages.
void fill_pattern(Board& board, const Region& where, std::uint64_t key, DefinedRanges& known);

// Every byte of an allocation counts from now on, as it is: not of one that is larger than 1 MiB.
void take_as_found(Board& board, const Region& where, DefinedRanges& known);

// Writes a pattern over all of `span` of the allocation at `base`.
void write_pattern(Board& board, std::uint64_t base, Span span, std::uint64_t key,
                   DefinedRanges& known);

// Writes the given bytes at `offset` of the allocation at `base`.
void write_bytes(Board& board, std::uint64_t base, std::uint64_t offset,
                 std::span<const std::uint8_t> bytes, DefinedRanges& known);

// The first of `bytes` bytes at `address` that is not as the shadow of `expected` has it.
[[nodiscard]] std::optional<std::uint64_t> first_difference(const Board& board,
                                                            std::uint64_t address,
                                                            std::uint64_t expected,
                                                            std::uint64_t bytes);

// The lowest known byte at `base` that is not what it ought to be.
[[nodiscard]] std::optional<std::uint64_t> first_change(const Board& board, std::uint64_t base,
                                                        const DefinedRanges& known);

// Adopts the present bytes as the expected ones: after a change whose rule is disabled.
void adopt(const Board& board, std::uint64_t base, const DefinedRanges& known);

// The shadow of `bytes` bytes moves from one place to another, as the memory itself has moved.
void move_shadow(Board& board, std::uint64_t from, std::uint64_t to, std::uint64_t bytes);

}  // namespace hobnail::oracle
