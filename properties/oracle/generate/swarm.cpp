// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Swarm: programs that differ in kind. Leaving some ops out altogether reaches states that all ops
// together wash away.
#include "properties/oracle/generate/swarm.h"

#include "properties/oracle/generate/operands.h"

namespace hobnail::oracle {
namespace {

using enum OpCode;

// A random subset of the ops, each from a quarter to four times as likely as the table has it.
Weights draw_subset(Random& random) {
  constexpr std::uint64_t kQuarters[] = {1, 2, 4, 4, 4, 8, 16};
  Weights weights{};
  for (const OpRow& row : op_table()) {
    const bool left_out = random.one_in(4);
    const std::uint64_t quarters = pick(random, kQuarters);
    weight_of(weights, row.code) = left_out ? 0 : row.weight * quarters;
  }
  return weights;
}

// Target occupancy: some programs fill memory to the brim, some give back as much as they take.
void shape_occupancy(Random& random, Weights& weights) {
  const std::uint64_t tendency = random.below(4);
  if (tendency == 0) weight_of(weights, FreePages) /= 8;
  if (tendency > 1) weight_of(weights, FreePages) = weight_of(weights, AllocatePages);
}

}  // namespace

std::uint64_t& weight_of(Weights& weights, OpCode code) {
  return weights[static_cast<std::size_t>(code)];
}

Weights draw_weights(Random& random) {
  Weights weights = draw_subset(random);
  std::uint64_t& pages = weight_of(weights, AllocatePages);
  std::uint64_t& pool = weight_of(weights, AllocatePool);
  // Without any allocation there is nothing that the other ops could be about.
  if (pages == 0 && (pool == 0 || !random.one_in(4))) pages = row_of(AllocatePages).weight;
  shape_occupancy(random, weights);
  return weights;
}

OpCode draw_op(Random& random, const Weights& weights) {
  std::uint64_t total = 0;
  for (const std::uint64_t weight : weights) total += weight;
  std::uint64_t ticket = random.below(total);
  for (const OpRow& row : op_table()) {
    const std::uint64_t weight = weights[static_cast<std::size_t>(row.code)];
    if (ticket < weight) return row.code;
    ticket -= weight;
  }
  return AllocatePages;
}

Story draw_story(Random& random, std::size_t ops) {
  Story story{ops, ops, ops, ops, false};
  const std::uint64_t kind = random.below(20);
  if (kind < 3 || ops < 2) return story;  // nothing coherent
  story.install = static_cast<std::size_t>(random.below(ops / 2));
  story.strict = !random.one_in(4);
  if (kind < 5) return story;  // the window stays open to the end
  const std::uint64_t window = random.one_in(4) ? 0 : random.below(ops / 4 + 1);
  story.migrate = story.install + 1 + static_cast<std::size_t>(window);
  if (random.one_in(4) && story.migrate + 2 < ops) {
    story.hand_off = ops - 2;
    story.exit = ops - 1;
  }
  return story;
}

namespace {

std::uint8_t any_board(Random& random) {
  constexpr std::uint8_t kCommon[] = {0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5};
  constexpr std::uint8_t kUncommon[] = {8,  8,  9,  9,  10, 10, 11, 13, 13, 14, 14, 16,
                                        17, 18, 18, 19, 19, 20, 20, 21, 21, 22, 23, 23};
  constexpr std::uint8_t kRare[] = {6, 7, 6, 7, 12, 15};
  if (random.one_in(40)) return pick(random, kRare);
  if (random.one_in(3)) return pick(random, kUncommon);
  return pick(random, kCommon);
}

// One of two boards that differ in little. Numbers of its own: a program without the later one is
// what its seed meant before there was any.
std::uint8_t board_or_variant(Random& random) {
  constexpr std::uint64_t kVariants = 0x76617269;
  const std::uint8_t board = any_board(random);
  Random ahead = random;
  Random own(ahead.next() ^ kVariants);
  if (board == 11 && own.one_in(2)) return 24;
  if (board == 21 && own.one_in(2)) return 25;
  return board;
}

}  // namespace

std::uint8_t draw_board(Random& random, BoardSet boards) {
  constexpr int kDraws = 1000;  // the rarest board comes once in 240 draws
  for (int i = 0; i < kDraws; ++i) {
    const std::uint8_t board = board_or_variant(random);
    if (boards.contains(board)) return board;
  }
  std::uint8_t first = 0;
  while (first + std::size_t{1} < board_profiles().size() && !boards.contains(first)) ++first;
  return first;
}

}  // namespace hobnail::oracle
