// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Patterns, and their comparison with the shadow.
#include "properties/oracle/board/shadow_contents.h"

#include <algorithm>
#include <cstring>

#include "properties/oracle/board/msan.h"
#include "properties/oracle/board/same_bytes.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kWhole = kPage;     // allocations up to this size are written completely
constexpr std::uint64_t kEnd = 0x200;       // bytes written at either end of larger ones
constexpr std::uint64_t kStampSize = 0x40;  // and at the start of pages between
constexpr std::uint64_t kStampsMax = 16;
constexpr std::uint64_t kTakenAtMost = 0x100000;  // larger memory is not touched as a whole

// Eight bytes that depend on the allocation and on the place in it, so that a block that was copied
// to the wrong place, or another block's bytes, never look right.
constexpr std::uint64_t kKeyStep = 0x9e3779b97f4a7c15ULL;
constexpr std::uint64_t kPlaceStep = 0xc2b2ae3d27d4eb4fULL;

std::uint64_t key_part(std::uint64_t key) { return (key + 1) * kKeyStep; }
std::uint64_t place_part(std::uint64_t index) { return (index + 1) * kPlaceStep; }
std::uint64_t mixed(std::uint64_t word) { return (word ^ word >> 29) * 0xbf58476d1ce4e5b9ULL; }

HOBNAIL_UNCHECKED void fill_pattern(std::uint8_t* to, std::size_t bytes, std::uint64_t key,
                                    std::uint64_t from) {
  const std::uint64_t of_key = key_part(key);
  std::uint64_t of_place = place_part(from / 8);
  std::size_t done = 0;
  for (; done + 8 <= bytes; done += 8, of_place += kPlaceStep) {
    *reinterpret_cast<LooseWord*>(to + done) = mixed(of_key ^ of_place);
  }
  for (; done < bytes; ++done) {
    to[done] = static_cast<std::uint8_t>(mixed(of_key ^ place_part(from + done)));
  }
}

}  // namespace

void DefinedRanges::add(Span span) {
  if (span.from >= span.to) return;
  if (spans_.empty() || spans_.back().to < span.from) return spans_.push_back(span);
  auto first = spans_.begin();
  while (first != spans_.end() && first->to < span.from) ++first;
  auto last = first;
  while (last != spans_.end() && last->from <= span.to) {
    span.from = std::min(span.from, last->from);
    span.to = std::max(span.to, last->to);
    ++last;
  }
  spans_.insert(spans_.erase(first, last), span);
}

DefinedRanges DefinedRanges::cut(Span piece) const {
  DefinedRanges result;
  for (const Span& span : spans_) {
    const std::uint64_t from = std::max(span.from, piece.from);
    const std::uint64_t to = std::min(span.to, piece.to);
    if (from < to) result.spans_.push_back({from - piece.from, to - piece.from});
  }
  return result;
}

void write_pattern(Board& board, std::uint64_t base, Span span, std::uint64_t key,
                   DefinedRanges& known) {
  std::uint8_t* const to = board.at(base + span.from);
  const std::uint64_t bytes = span.to - span.from;
  fill_pattern(to, sized(bytes), key, span.from);
  std::memcpy(board.shadow(base + span.from), to, sized(bytes));
  mark_initialized(Board::pointer(base + span.from), sized(bytes));
  board.note_bytes({base + span.from, bytes});
  known.add(span);
}

void write_bytes(Board& board, std::uint64_t base, std::uint64_t offset,
                 std::span<const std::uint8_t> bytes, DefinedRanges& known) {
  if (bytes.empty()) return;
  std::memcpy(board.at(base + offset), bytes.data(), bytes.size());
  std::memcpy(board.shadow(base + offset), bytes.data(), bytes.size());
  mark_initialized(Board::pointer(base + offset), bytes.size());
  board.note_bytes({base + offset, bytes.size()});
  known.add({offset, offset + bytes.size()});
}

void fill_pattern(Board& board, const Region& where, std::uint64_t key, DefinedRanges& known) {
  if (where.size <= kWhole) {
    write_pattern(board, where.base, {0, where.size}, key, known);
    return;
  }
  const std::uint64_t pages = where.size / kPage;
  const std::uint64_t stride = std::max<std::uint64_t>(1, pages / kStampsMax);
  known.reserve(sized(pages / stride + 2));
  write_pattern(board, where.base, {0, kEnd}, key, known);
  for (std::uint64_t page = 1; page < pages; page += stride) {
    write_pattern(board, where.base, {page * kPage, page * kPage + kStampSize}, key, known);
  }
  write_pattern(board, where.base, {where.size - kEnd, where.size}, key, known);
}

void take_as_found(Board& board, const Region& where, DefinedRanges& known) {
  if (where.size > kTakenAtMost) return;
  known.add({0, where.size});
  adopt(board, where.base, known);
}

std::optional<std::uint64_t> first_difference(const Board& board, std::uint64_t address,
                                              std::uint64_t expected, std::uint64_t bytes) {
  const std::uint8_t* const seen = board.at(address);
  const std::uint8_t* const wanted = board.shadow(expected);
  if (bytes == 0 || same_bytes(seen, wanted, sized(bytes))) return std::nullopt;
  const auto found = std::mismatch(seen, seen + sized(bytes), wanted);
  return address + static_cast<std::uint64_t>(found.first - seen);
}

std::optional<std::uint64_t> first_change(const Board& board, std::uint64_t base,
                                          const DefinedRanges& known) {
  for (const Span& span : known.spans()) {
    const auto found =
        first_difference(board, base + span.from, base + span.from, span.to - span.from);
    if (found) return found;
  }
  return std::nullopt;
}

void adopt(const Board& board, std::uint64_t base, const DefinedRanges& known) {
  for (const Span& span : known.spans()) {
    std::memcpy(board.shadow(base + span.from), board.at(base + span.from),
                sized(span.to - span.from));
  }
}

void move_shadow(Board& board, std::uint64_t from, std::uint64_t to, std::uint64_t bytes) {
  std::memmove(board.shadow(to), board.shadow(from), sized(bytes));
}

}  // namespace hobnail::oracle
