// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Counting subtrees, and finding a number in them.
#include "fuzz/enumeration/program_order.h"

#include <algorithm>

namespace hobnail {
namespace {

std::string key_of(std::size_t ops, const Situation& prefix) {
  std::string key(1, static_cast<char>(ops));
  for (const bool flag : {prefix.pools, prefix.freed, prefix.installed, prefix.mode_set,
                          prefix.handed_off, prefix.over}) {
    key += flag ? '1' : '0';
  }
  for (const Extent extent : prefix.pages) key += static_cast<char>(extent);
  return key;
}

}  // namespace

std::uint64_t ProgramOrder::count(std::size_t ops, const Situation& prefix) {
  if (ops == 0) return 1;
  const std::string key = key_of(ops, prefix);
  if (const auto at = counts_.find(key); at != counts_.end()) return at->second;
  std::uint64_t total = 0;
  for (const oracle::Op& op : next_ops(prefix)) total += count(ops - 1, after(prefix, op));
  counts_.emplace(key, total);
  return total;
}

// The ops of one level, whose programs begin with number `first`.
void ProgramCursor::open(std::size_t depth, std::uint64_t first) {
  Level& level = levels_.emplace_back();
  if (depth != 0) {
    const Level& above = levels_[depth - 1];
    level.situation = above.behind[above.chosen];
  }
  level.ops = next_ops(level.situation);
  for (const oracle::Op& op : level.ops) {
    level.behind.push_back(after(level.situation, op));
    first += order_.count(length_ - depth - 1, level.behind.back());
    level.ends.push_back(first);
  }
}

void ProgramCursor::choose(std::size_t depth, std::uint64_t index) {
  Level& level = levels_[depth];
  const auto end = std::upper_bound(level.ends.begin(), level.ends.end(), index);
  level.chosen = static_cast<std::size_t>(end - level.ends.begin());
}

const std::vector<oracle::Op>& ProgramCursor::at(std::uint64_t index) {
  std::uint64_t first = 0;
  bool same = !levels_.empty();
  ops_.resize(length_);
  for (std::size_t depth = 0; depth < length_; ++depth) {
    if (!same) {
      levels_.resize(depth);
      open(depth, first);
    }
    const std::size_t before = levels_[depth].chosen;
    choose(depth, index);
    const Level& level = levels_[depth];
    same = same && before == level.chosen;
    ops_[depth] = level.ops[level.chosen];
    if (level.chosen != 0) first = level.ends[level.chosen - 1];
  }
  return ops_;
}

IndexRange ProgramCursor::extensions(std::uint64_t index, std::size_t longer) {
  if (length_ == 0) return {0, order_.count(longer)};
  (void)at(index);
  std::uint64_t first = 0;
  for (std::size_t depth = 0; depth < length_; ++depth) {
    const Level& level = levels_[depth];
    for (std::size_t i = 0; i < level.chosen; ++i) {
      first += order_.count(longer - depth - 1, level.behind[i]);
    }
  }
  const Level& last = levels_.back();
  return {first, first + order_.count(longer - length_, last.behind[last.chosen])};
}

}  // namespace hobnail
