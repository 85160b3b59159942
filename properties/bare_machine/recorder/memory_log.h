// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// MemoryLog: what has been written to a board's memory, by whom it may be, as Write records.
//
//   board   [####......##....]     known   [####............]    --> Write [......##....]
//
// Invariant: after each of its functions but the constructor, `known` holds the bytes of the board.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "properties/bare_machine/call_record.h"
#include "properties/oracle/board/board.h"

namespace hobnail::bare {

// Words of a stream of call records.
using Words = std::vector<std::uint64_t>;

void append(Words& stream, Kind kind, const Words& payload);

// The contents of arenas, which are the same on many boards, once for all programs.
class Templates {
 public:
  // The number of a template that gives the arena's words when it is repeated; 0: it is all zeros.
  [[nodiscard]] std::uint64_t number_of(const Words& contents, Words& stream);

 private:
  std::vector<Words> known_;
};

class MemoryLog {
 public:
  // A board after its reset. Appends its arenas to `stream`.
  MemoryLog(const oracle::Board& board, Templates& templates, Words& stream);

  // Appends what has changed since the last call of a function of this.
  void record(Words& stream);
  // The same, of the words at `base` alone, where `bytes` is what counts: the board has others by
  // now.
  void record_as(Words& stream, std::uint64_t base, const std::vector<std::uint8_t>& bytes);
  // Takes what has changed, and appends nothing.
  void skip();

 private:
  struct Free {
    void operator()(void* pointer) const { std::free(pointer); }
  };
  struct Arena {
    oracle::Region region;
    const std::uint64_t* board = nullptr;
    std::unique_ptr<std::uint64_t, Free> known;  // untouched pages of it take no memory
    bool sparse = false;                         // untouched pages are zero
    bool temporary = false;
  };

  void add(const oracle::Region& region, bool temporary, Templates& templates, Words& stream);
  void update(Words* stream);
  // Words [from, to) of the arena are `now`.
  static void update_words(Arena& arena, std::uint64_t from, std::uint64_t to,
                           const std::uint64_t* now, Words* stream);

  const oracle::Board& board_;
  std::vector<Arena> arenas_;
};

}  // namespace hobnail::bare
