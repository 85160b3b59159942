// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Repeated groups: how a long run of equal rounds is found in a program, and made.
//
//   repeat 300 {                                p0 = AllocatePages BootServicesData 1
//     p0 = AllocatePages BootServicesData 1     FreePages p0 1
//     FreePages p0 1                            p1 = AllocatePages BootServicesData 1
//   }                                           FreePages p1 1
//                                               ...
//
// A program is always the flat list of its ops; a group is only a spelling of text and bytes. So
// ops and results have the numbers of the calls that are made, whatever is cut, edited or left out.
//
// Invariant: a name in a group of a result that comes from the group, or from what follows, counts
// on by the results of a round; a name of a result before the group is the same in each round.
// groups_of() is a function of the ops, so that a program has one spelling.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

inline constexpr std::size_t kGroupMax = 16;  // ops of a round
inline constexpr std::size_t kRoundsMin = 8;  // fewer rounds are spelled op by op
// Ops of all rounds. More are spelled as several groups: a number of rounds that a fuzzer has
// changed costs a second at most.
inline constexpr std::size_t kGroupOpsMax = 5000;

// `rounds` times `length` ops from op `from` on. A single op is a group of one round.
struct Group {
  std::size_t from = 0;
  std::size_t length = 1;
  std::size_t rounds = 1;

  [[nodiscard]] std::size_t end() const { return from + length * rounds; }
};

// Results by kind: how many there are.
using ResultCounts = std::array<std::size_t, 4>;
void count_result(ResultCounts& counts, const Op& op);
[[nodiscard]] ResultCounts count_results(std::span<const Op> ops);

// How names of results count on from round to round.
struct RoundStep {
  ResultCounts before{};  // results before the group
  ResultCounts each{};    // results of a round
};

// The op of the first round as it is in round `round`, from 0.
[[nodiscard]] Op in_round(Op op, const RoundStep& step, std::size_t round);

// All of the ops in order.
[[nodiscard]] std::vector<Group> groups_of(std::span<const Op> ops);
// The group that holds op `at`.
[[nodiscard]] Group group_at(std::span<const Op> ops, std::size_t at);

// How many HOBs the checks after all ops look at, as far as the ops alone tell: what a long boot
// costs.
[[nodiscard]] std::uint64_t hobs_looked_at(std::span<const Op> ops);

// The ops from `from` to the end are the first round; appends the others, as many as have room.
void append_rounds(std::vector<Op>& ops, std::size_t from, std::size_t rounds);

// Repeats the `length` ops from `from` on, as often as has room. Names behind them follow.
void repeat_ops(std::vector<Op>& ops, std::size_t from, std::size_t length, std::size_t rounds);

// Inserts rounds of new ops before op `at`. Names behind them follow.
void insert_ops(std::vector<Op>& ops, std::size_t at, std::vector<Op> round, std::size_t rounds);

// Op `at` replaced, in each round of its group.
void replace_op(std::vector<Op>& ops, std::size_t at, const Op& op);

}  // namespace hobnail::oracle
