// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What of permanent memory a target may touch, after every change from one state of the board to
// another. The kernel is asked, page by page: whether it can read there is what a target would see.
#include <gtest/gtest.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "properties/oracle/board/board.h"

namespace hobnail::oracle {
namespace {

// Of a pipe, which takes a byte where there is one.
class Probe {
 public:
  Probe() { made_ = pipe(ends_) == 0; }
  ~Probe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] bool readable(std::uint64_t address) const {
    if (write(ends_[1], Board::pointer(address), 1) != 1) return false;
    char byte = 0;
    return read(ends_[0], &byte, 1) == 1;
  }

 private:
  int ends_[2]{};
  bool made_ = false;
};

// How a state is entered, and what is open in it.
struct State {
  bool all = false;
  Region open;

  void enter(Board& board) const {
    if (all) {
      board.open_all();
    } else {
      board.open_only(open);
    }
  }
  [[nodiscard]] bool opens(std::uint64_t page) const {
    return all || (open.size != 0 && open.overlaps({page, kPage}));
  }
};

std::vector<State> states_of(const BoardProfile& profile) {
  const Region& first = profile.dram[0];
  const Region& second = profile.dram[1];
  const std::uint64_t half = first.size / 2;
  return {
      {false, {}},
      {true, {}},
      {false, first},
      {false, {first.base, half}},
      {false, {first.base + half, half}},
      {false, {first.base + 3 * kPage, 2 * kPage}},
      {false, {first.base + 4 * kPage + 0x10, 2 * kPage}},  // parts of three pages
      {false, second},
      {false, {second.base + kPage, 1}},
  };
}

// Pages at which an error would show: the ends of both memories, and what states begin or end at.
std::vector<std::uint64_t> pages_of(const BoardProfile& profile) {
  std::vector<std::uint64_t> pages;
  for (const Region& memory : profile.dram) {
    for (std::uint64_t page = 0; page < 8; ++page) pages.push_back(memory.base + page * kPage);
    pages.push_back(memory.base + memory.size / 2 - kPage);
    pages.push_back(memory.base + memory.size / 2);
    pages.push_back(memory.end() - kPage);
  }
  return pages;
}

void expect_state(const BoardProfile& profile, const Probe& probe, const State& state) {
  for (const std::uint64_t page : pages_of(profile)) {
    EXPECT_EQ(probe.readable(page), state.opens(page)) << std::hex << page;
  }
}

class OpenMemoryTest : public testing::TestWithParam<std::uint8_t> {};

TEST_P(OpenMemoryTest, EveryChangeOpensWhatItSaysAndNothingElse) {
  const Probe probe;
  ASSERT_TRUE(probe.made());
  Board& board = Board::of(GetParam());
  ASSERT_TRUE(board.missing().empty());
  const std::vector<State> states = states_of(board.profile());
  for (const State& from : states) {
    for (const State& to : states) {
      from.enter(board);
      to.enter(board);
      SCOPED_TRACE(testing::Message()
                   << std::hex << "from " << from.open.base << " +" << from.open.size << " to "
                   << to.open.base << " +" << to.open.size);
      expect_state(board.profile(), probe, to);
    }
  }
  board.open_all();
}

TEST_P(OpenMemoryTest, WhatIsOpenedToAnotherRangeIsOpenWithAllBetween) {
  const Probe probe;
  Board& board = Board::of(GetParam());
  const Region& first = board.profile().dram[0];
  const Region low{first.base + kPage, kPage};
  const Region high{first.base + 5 * kPage, kPage};
  for (const auto& [one, other] : {std::pair(low, high), std::pair(high, low)}) {
    board.open_only(one);
    EXPECT_FALSE(board.opens_more());
    EXPECT_FALSE(board.is_open(other));
    board.open_also(other);
    EXPECT_TRUE(board.opens_more());
    EXPECT_TRUE(board.is_open(other));
    expect_state(board.profile(), probe, {false, {low.base, high.end() - low.base}});
    board.open_only(one);
    expect_state(board.profile(), probe, {false, one});
  }
  board.open_only({});
  board.open_also(high);
  expect_state(board.profile(), probe, {false, high});
  board.open_all();
}

TEST_P(OpenMemoryTest, ABoardThatPartsFromItsParentIsOpen) {
  const Probe probe;
  Board& board = Board::of(GetParam());
  board.open_only({});
  Board::part_from_parent();
  expect_state(board.profile(), probe, {true, {}});
  board.open_only({});
  expect_state(board.profile(), probe, {false, {}});
  board.open_all();
}

// With memory above temporary RAM, below it, and with holes beside it.
INSTANTIATE_TEST_SUITE_P(Boards, OpenMemoryTest, testing::Values(0, 2, 8));

}  // namespace
}  // namespace hobnail::oracle
