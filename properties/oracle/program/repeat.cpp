// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Groups are found greedily from the front: at each op the length of round that covers most.
#include "properties/oracle/program/repeat.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

// A name of a result from number `before` on, `by` results later.
void move_name(Place& place, const ResultCounts& before, const ResultCounts& by,
               std::size_t times) {
  const auto kind = static_cast<std::size_t>(named_result(place));
  if (kind == 0 || place.index < before[kind]) return;
  place.index = static_cast<std::uint16_t>((place.index + times * by[kind]) & kIndexMax);
}

bool same_place(Place first, const Place& later, const RoundStep& step, std::size_t round) {
  move_name(first, step.before, step.each, round);
  return first == later;
}

// True when `later` is `first` of round 0, as it is in that round.
bool same_op(const Op& first, const Op& later, const RoundStep& step, std::size_t round) {
  return first.code == later.code && first.number == later.number &&
         first.quantity == later.quantity && first.body == later.body &&
         first.null_out == later.null_out && same_place(first.place, later.place, step, round) &&
         same_place(first.source, later.source, step, round) && first.data == later.data;
}

// A cheap filter: the first op of the first rounds has one code and one number.
bool may_be_group(std::span<const Op> ops, std::size_t from, std::size_t length) {
  const Op& first = ops[from];
  for (std::size_t round = 1; round < kRoundsMin; ++round) {
    const Op& later = ops[from + round * length];
    if (later.code != first.code || later.number != first.number) return false;
  }
  return true;
}

std::size_t rounds_of(std::span<const Op> ops, std::size_t from, std::size_t length,
                      const ResultCounts& before) {
  const std::size_t most = std::min(ops.size() - from, kGroupOpsMax) / length;
  const RoundStep step{before, count_results(ops.subspan(from, length))};
  for (std::size_t round = 1; round < most; ++round) {
    for (std::size_t i = 0; i < length; ++i) {
      if (!same_op(ops[from + i], ops[from + round * length + i], step, round)) return round;
    }
  }
  return most;
}

// Of groups that cover equally much the one with the shorter round.
Group longest_group(std::span<const Op> ops, std::size_t from, const ResultCounts& before) {
  Group best{from, 1, 1};
  const std::size_t length_max = std::min(kGroupMax, (ops.size() - from) / kRoundsMin);
  for (std::size_t length = 1; length <= length_max; ++length) {
    if (!may_be_group(ops, from, length)) continue;
    const Group group{from, length, rounds_of(ops, from, length, before)};
    if (group.rounds >= kRoundsMin && group.end() > best.end()) best = group;
  }
  return best;
}

class GroupCursor {
 public:
  explicit GroupCursor(std::span<const Op> ops) : ops_(ops) {}

  [[nodiscard]] bool at_end() const { return from_ == ops_.size(); }
  Group next() {
    const Group group = longest_group(ops_, from_, before_);
    for (; from_ < group.end(); ++from_) count_result(before_, ops_[from_]);
    return group;
  }

 private:
  std::span<const Op> ops_;
  std::size_t from_ = 0;
  ResultCounts before_{};
};

RoundStep step_of(std::span<const Op> ops, const Group& group) {
  return {count_results(ops.first(group.from)),
          count_results(ops.subspan(group.from, group.length))};
}

// The rounds from the second on that have room beside `ops` ops.
std::vector<Op> further_rounds(std::span<const Op> ops, const Group& group) {
  const RoundStep step = step_of(ops, group);
  const std::size_t room = kOpsMax - std::min(kOpsMax, ops.size());
  const std::size_t rounds = std::min(group.rounds, 1 + room / group.length);
  std::vector<Op> further;
  further.reserve((rounds - 1) * group.length);
  for (std::size_t round = 1; round < rounds; ++round) {
    for (std::size_t i = 0; i < group.length; ++i) {
      further.push_back(in_round(ops[group.from + i], step, round));
    }
  }
  return further;
}

// Names of results from there on follow in the ops behind.
void insert(std::vector<Op>& ops, std::size_t at, std::vector<Op> inserted) {
  const ResultCounts before = count_results(std::span(ops).first(at));
  const ResultCounts by = count_results(inserted);
  for (std::size_t i = at; i < ops.size(); ++i) {
    move_name(ops[i].place, before, by, 1);
    move_name(ops[i].source, before, by, 1);
  }
  ops.insert(ops.begin() + static_cast<std::ptrdiff_t>(at),
             std::make_move_iterator(inserted.begin()), std::make_move_iterator(inserted.end()));
}

}  // namespace

void count_result(ResultCounts& counts, const Op& op) {
  ++counts[static_cast<std::size_t>(row_of(op.code).result)];
}

ResultCounts count_results(std::span<const Op> ops) {
  ResultCounts counts{};
  for (const Op& op : ops) count_result(counts, op);
  return counts;
}

Op in_round(Op op, const RoundStep& step, std::size_t round) {
  move_name(op.place, step.before, step.each, round);
  move_name(op.source, step.before, step.each, round);
  return op;
}

std::vector<Group> groups_of(std::span<const Op> ops) {
  std::vector<Group> groups;
  for (GroupCursor cursor(ops); !cursor.at_end();) groups.push_back(cursor.next());
  return groups;
}

Group group_at(std::span<const Op> ops, std::size_t at) {
  GroupCursor cursor(ops);
  while (!cursor.at_end()) {
    const Group group = cursor.next();
    if (at < group.end()) return group;
  }
  return {at, 1, 1};
}

void append_rounds(std::vector<Op>& ops, std::size_t from, std::size_t rounds) {
  if (from >= ops.size() || rounds < 2) return;
  std::vector<Op> further = further_rounds(ops, {from, ops.size() - from, rounds});
  std::move(further.begin(), further.end(), std::back_inserter(ops));
}

void repeat_ops(std::vector<Op>& ops, std::size_t from, std::size_t length, std::size_t rounds) {
  if (length == 0 || from + length > ops.size() || rounds < 2) return;
  insert(ops, from + length, further_rounds(ops, {from, length, rounds}));
}

void insert_ops(std::vector<Op>& ops, std::size_t at, std::vector<Op> round, std::size_t rounds) {
  const std::size_t length = round.size();
  if (ops.size() + length > kOpsMax) return;
  insert(ops, at, std::move(round));
  repeat_ops(ops, at, length, rounds);
}

void replace_op(std::vector<Op>& ops, std::size_t at, const Op& op) {
  const Group group = group_at(ops, at);
  if (at >= group.from + group.length) {
    ops[at] = op;
    return;
  }
  const RoundStep step = step_of(ops, group);
  for (std::size_t round = 0; round < group.rounds; ++round) {
    ops[at + round * group.length] = in_round(op, step, round);
  }
}

std::uint64_t hobs_looked_at(std::span<const Op> ops) {
  std::uint64_t hobs = 0, sum = 0;
  for (const Op& op : ops) {
    if (row_of(op.code).result != Result::None) ++hobs;
    if (op.code == OpCode::FreePages && hobs != 0) --hobs;  // its record serves again
    sum += hobs;
  }
  return sum;
}

}  // namespace hobnail::oracle
