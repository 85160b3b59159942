// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A group is a few neighbours of the program, or a new one of those that fill a list slowly.
#include "properties/oracle/generate/repeats.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/operands.h"
#include "properties/oracle/generate/scarcity.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail::oracle {
namespace {

// A long program costs as much as 20 others.
constexpr std::uint64_t kOneIn = 64;
constexpr std::size_t kNeighbours = 4;

// Counters of a byte are the likeliest that wrap.
std::size_t some_rounds(Random& random) {
  constexpr std::size_t kRounds[] = {2,   4,   8,   16,  32,  64,  127, 128, 129, 240, 250,
                                     255, 256, 257, 258, 260, 264, 280, 300, 500, 520, 1000};
  return pick(random, kRounds);
}

Op allocate_pages(std::uint32_t type) {
  Op op;
  op.code = OpCode::AllocatePages;
  op.number = type;
  op.quantity = {Measure::Literal, 1};
  return op;
}

// The newest allocation, 0, lies at the gap and grows it; those before it become records of free
// pages.
Op free_recent(std::uint16_t index) {
  Op op;
  op.code = OpCode::FreePages;
  op.place = {Anchor::LivePages, index, true, 0};
  op.quantity = {Measure::Whole, 0};
  return op;
}

Op small(OpCode code, std::uint32_t number, std::uint64_t bytes) {
  Op op;
  op.code = code;
  op.number = number;
  op.quantity = {Measure::Literal, bytes};
  return op;
}

// A round takes a page at most, so that many have room.
std::vector<Op> some_round(Random& random) {
  const std::uint32_t type = random.one_in(2) ? EfiBootServicesData : EfiRuntimeServicesData;
  switch (random.below(10)) {
    case 0:
      return {allocate_pages(type), free_recent(0)};
    case 1:
      return {small(OpCode::AllocatePool, 0, 8 * random.below(8))};
    case 2:
      return {small(OpCode::CreateHob, EFI_HOB_TYPE_GUID_EXTENSION, 24 + 8 * random.below(4))};
    case 3:
      return {allocate_pages(type), allocate_pages(EfiBootServicesCode), free_recent(0)};
    case 4:
      return {allocate_pages(type), small(OpCode::AllocatePool, 0, 8), free_recent(0)};
    case 5:
      return {allocate_pages(EfiBootServicesCode), allocate_pages(type), free_recent(1)};
    case 6:
      return {allocate_pages(type), allocate_pages(type), free_recent(1)};
    default:
      return {allocate_pages(type)};
  }
}

std::size_t first_place(const std::vector<Op>& ops, OpCode code) {
  const auto is_it = [code](const Op& op) { return op.code == code; };
  return static_cast<std::size_t>(std::find_if(ops.begin(), ops.end(), is_it) - ops.begin());
}

// Before the end of PEI, after which nothing is called; mostly right behind the migration, where
// memory has room for many rounds.
std::size_t some_position(Random& random, const std::vector<Op>& ops) {
  const std::size_t end = first_place(ops, OpCode::HandOff);
  const std::size_t migration = first_place(ops, OpCode::ReturnToDispatcher);
  const auto any = static_cast<std::size_t>(random.below(end + std::uint64_t{1}));
  return !random.one_in(3) && migration < end ? migration + 1 : any;
}

std::uint8_t roomiest_board(BoardSet boards) {
  std::uint8_t best = 0;
  std::uint64_t most = 0;
  for (const BoardProfile& board : board_profiles()) {
    if (!boards.contains(board.number) || board.heap.size <= most) continue;
    most = board.heap.size;
    best = board.number;
  }
  return best;
}

Op free_some(Random& random) {
  Op op;
  op.code = OpCode::FreePages;
  const std::uint16_t index = random.one_in(4) ? pick_recent(random, 300) : pick_recent(random, 4);
  op.place = {Anchor::LivePages, index, true, random.below(2)};
  op.quantity = random.one_in(2) ? Quantity{Measure::Whole, 0} : Quantity{Measure::Literal, 1};
  return op;
}

// Each round changes the number of records by a few and asks again, so that a counter that wraps is
// met at its wrap, whatever the program did before.
void insert_sweep(Random& random, std::vector<Op>& ops, std::size_t at) {
  constexpr std::size_t kRounds[] = {8, 16, 24, 40};
  std::vector<Op> round;
  const std::uint64_t frees = 1 + random.below(3);
  for (std::uint64_t i = 0; i < frees; ++i) round.push_back(free_some(random));
  round.push_back(ask_for_freed_pages(random));
  const std::size_t rounds = pick(random, kRounds);
  insert_ops(ops, at, std::move(round), rounds);
}

// What many records lead to shows when nothing else can serve a request.
void insert_scarcity(Random& random, std::vector<Op>& ops, std::size_t at) {
  std::vector<Op> steps = use_up_the_gap(random);
  const std::size_t after = at + steps.size();
  insert_ops(ops, at, std::move(steps), 1);
  insert_sweep(random, ops, std::min(after, ops.size()));
}

// The place after the rounds.
std::size_t repeat_neighbours(Random& random, std::vector<Op>& ops, std::size_t at) {
  const std::size_t from = std::min(at, ops.size() - 1);
  const std::size_t wanted = 1 + static_cast<std::size_t>(random.below(kNeighbours));
  const std::size_t length = std::min(wanted, ops.size() - from);
  const std::size_t rounds = some_rounds(random);
  repeat_ops(ops, from, length, rounds);
  return from + length * rounds;
}

// Allocations alone are mostly given back in as many rounds: their records are unused HOBs then.
std::size_t insert_rounds(Random& random, std::vector<Op>& ops, std::size_t at) {
  std::vector<Op> round = some_round(random);
  const std::size_t length = round.size();
  const bool gives_back =
      length == 1 && round[0].code == OpCode::AllocatePages && !random.one_in(3);
  const std::size_t rounds = some_rounds(random);
  insert_ops(ops, at, std::move(round), rounds);
  const std::size_t after = at + length * rounds;
  if (!gives_back) return after;
  insert_ops(ops, std::min(after, ops.size()), {free_recent(0)}, rounds);
  return after + rounds;
}

}  // namespace

Program with_repeats(Random& random, Program program, BoardSet boards) {
  if (!random.one_in(kOneIn)) return program;
  if (!random.one_in(3)) program.board = roomiest_board(boards);
  std::vector<Op>& ops = program.ops;
  const std::size_t at = some_position(random, ops);
  const bool is_new = ops.empty() || !random.one_in(3);
  const std::size_t after =
      is_new ? insert_rounds(random, ops, at) : repeat_neighbours(random, ops, at);
  if (!random.one_in(4)) insert_scarcity(random, ops, std::min(after, ops.size()));
  return program;
}

}  // namespace hobnail::oracle
