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
#include "properties/oracle/pi.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail::oracle {
namespace {

// A long program costs as much as dozens of others.
constexpr std::uint64_t kOneIn = 96;
constexpr std::size_t kNeighbours = 4;

std::size_t some_rounds(Random& random) {
  constexpr std::size_t kRounds[] = {2,   4,   8,   16,  32,  64,  127, 128, 129,
                                     255, 256, 257, 258, 260, 300, 512, 1000};
  return pick(random, kRounds);
}

Op allocate_pages(std::uint32_t type) {
  Op op;
  op.code = OpCode::AllocatePages;
  op.number = type;
  op.quantity = {Measure::Literal, 1};
  return op;
}

Op free_newest() {
  Op op;
  op.code = OpCode::FreePages;
  op.place = {Anchor::LivePages, 0, true, 0};
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
  switch (random.below(6)) {
    case 0:
      return {allocate_pages(type)};
    case 1:
      return {allocate_pages(type), free_newest()};
    case 2:
      return {small(OpCode::AllocatePool, 0, 8 * random.below(8))};
    case 3:
      return {small(OpCode::CreateHob, EFI_HOB_TYPE_GUID_EXTENSION, 24 + 8 * random.below(4))};
    case 4:
      return {allocate_pages(type), allocate_pages(EfiBootServicesCode), free_newest()};
    default:
      return {allocate_pages(type), small(OpCode::AllocatePool, 0, 8), free_newest()};
  }
}

// Most often before the end of PEI, after which nothing is called.
std::size_t some_position(Random& random, const std::vector<Op>& ops) {
  const auto ends = [](const Op& op) { return op.code == OpCode::HandOff; };
  const auto end = std::find_if(ops.begin(), ops.end(), ends) - ops.begin();
  return static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(end) + 1));
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

}  // namespace

Program with_repeats(Random& random, Program program, BoardSet boards) {
  if (!random.one_in(kOneIn)) return program;
  if (random.one_in(2)) program.board = roomiest_board(boards);
  const std::size_t at = some_position(random, program.ops);
  if (program.ops.empty() || random.one_in(2)) {
    std::vector<Op> round = some_round(random);
    insert_ops(program.ops, at, std::move(round), some_rounds(random));
    return program;
  }
  const std::size_t from = std::min(at, program.ops.size() - 1);
  const std::size_t length = 1 + static_cast<std::size_t>(random.below(kNeighbours));
  repeat_ops(program.ops, from, std::min(length, program.ops.size() - from), some_rounds(random));
  return program;
}

}  // namespace hobnail::oracle
