// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps of boots: the deletion of ops, boards, names for results.
#include "fuzz/triage/minimize/boot_steps.h"

#include <algorithm>
#include <utility>

#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/minimize/boot_values.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail {
namespace {

using oracle::Group;
using oracle::Op;
using oracle::OpCode;
using oracle::Program;

// True when the finding is of the last op, which then cannot be deleted.
bool ends_with_finding(const BootSearch& search) {
  const Execution& execution = search.execution();
  return execution.context.entered && execution.outcome.finding->op < search.best().ops.size();
}

// True when a deletion has left the op that shows it.
bool keeps_finding(const BootSearch& search, const Program& candidate) {
  if (!ends_with_finding(search)) return true;
  return !candidate.ops.empty() && candidate.ops.back().code == search.best().ops.back().code;
}

bool is_of_first_round(const BootSearch& search, std::size_t i) {
  const Group group = group_at(search.best().ops, i);
  return i < group.from + group.length;
}

// What is deleted as one: an op, or what an op of a repeated group is in all of its rounds.
std::vector<std::vector<std::size_t>> units_of(const Program& program) {
  std::vector<std::vector<std::size_t>> units;
  for (const Group& group : groups_of(program.ops)) {
    for (std::size_t i = 0; i < group.length; ++i) {
      std::vector<std::size_t>& unit = units.emplace_back();
      for (std::size_t at = group.from + i; at < group.end(); at += group.length)
        unit.push_back(at);
    }
  }
  return units;
}

// With so many of the group's rounds, which are its first ones and its last one.
Program with_rounds(const Program& program, const Group& group, std::size_t rounds) {
  std::vector<bool> dropped(program.ops.size());
  const auto begin = dropped.begin() + static_cast<std::ptrdiff_t>(group.from);
  std::fill(begin + static_cast<std::ptrdiff_t>((rounds - 1) * group.length),
            begin + static_cast<std::ptrdiff_t>((group.rounds - 1) * group.length), true);
  return without(program, std::move(dropped));
}

// The fewest rounds that will do, if all above them do.
bool shrink_rounds(BootSearch& search, Group group) {
  bool changed = false;
  std::size_t no = 0;
  while (group.rounds > no + 1 && !search.spent()) {
    const std::size_t middle = no + (group.rounds - no) / 2;
    const Program candidate = with_rounds(search.best(), group, middle);
    if (!keeps_finding(search, candidate) || !search.attempt(candidate)) {
      no = middle;
      continue;
    }
    changed = true;
    const Group left = group_at(search.best().ops, group.from);
    if (left.from != group.from || left.length != group.length) break;
    group.rounds = std::min(middle, left.rounds);
  }
  return changed;
}

bool shrink_all_rounds(BootSearch& search) {
  bool changed = false;
  for (std::size_t at = 0; at < search.best().ops.size();) {
    const Group group = group_at(search.best().ops, at);
    if (group.rounds > 1) changed = shrink_rounds(search, group) || changed;
    if (at >= search.best().ops.size()) break;
    at = group_at(search.best().ops, at).end();
  }
  return changed;
}

bool shrink_board(BootSearch& search) {
  bool changed = false;
  const std::uint8_t most = search.best().board;
  for (std::uint8_t board = 0; board < most && search.best().board == most; ++board) {
    Program candidate = search.best();
    candidate.board = board;
    changed = search.attempt(candidate) || changed;
  }
  if (search.best().garbage != 0) {
    Program candidate = search.best();
    candidate.garbage = 0;
    changed = search.attempt(candidate) || changed;
  }
  return changed;
}

bool has_small_heap(const Program& program) {
  return oracle::board_profiles()[program.board].heap.size < oracle::kHeapForAll;
}

// On the plain board a request fills the heap only when it asks for what is left.
bool leave_small_heap(BootSearch& search) {
  constexpr oracle::Quantity kFills[] = {{oracle::Measure::Gap, 0}, {oracle::Measure::Leave, 0}};
  for (std::size_t i = 0; i < search.best().ops.size() && has_small_heap(search.best()); ++i) {
    const OpCode code = search.best().ops[i].code;
    if (!is_of_first_round(search, i)) continue;
    if (code != OpCode::AllocatePages && code != OpCode::AllocatePool &&
        code != OpCode::CreateHob) {
      continue;
    }
    for (const oracle::Quantity& fill : kFills) {
      Program candidate = search.best();
      candidate.board = 0;
      Op op = candidate.ops[i];
      op.quantity = fill;
      replace_op(candidate.ops, i, op);
      if (search.attempt(candidate)) return true;
    }
  }
  return false;
}

bool name_results(BootSearch& search) {
  if (search.shared() == nullptr) return false;
  const auto relative = [&](std::size_t i) {
    return is_relative(search.best().ops[i].place) || is_relative(search.best().ops[i].source);
  };
  std::size_t count = 0;
  for (std::size_t i = 0; i < search.best().ops.size(); ++i) count += relative(i) ? 1 : 0;
  if (count == 0) return false;
  if (search.attempt(with_names(search.best(), *search.shared()))) return true;
  bool changed = false;
  for (std::size_t i = 0; i < search.best().ops.size() && count > 1; ++i) {
    // A name of one round alone would take the group apart.
    if (!relative(i) || group_at(search.best().ops, i).rounds > 1) continue;
    changed = search.attempt(with_names(search.best(), *search.shared(), i)) || changed;
  }
  return changed;
}

// The board that starts PEI in permanent memory: no op is needed to get there.
bool start_in_memory(BootSearch& search) {
  const auto moves = [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
  };
  const auto boards = oracle::board_profiles();
  const std::vector<Op>& ops = search.best().ops;
  if (boards[search.best().board].has(oracle::kInMemory)) return false;
  if (std::none_of(ops.begin(), ops.end(), moves)) return false;
  const auto in_memory = std::find_if(
      boards.begin(), boards.end(), [](const auto& board) { return board.has(oracle::kInMemory); });
  std::vector<bool> dropped(ops.size());
  std::transform(ops.begin(), ops.end(), dropped.begin(), moves);
  if (ends_with_finding(search) && dropped.back()) return false;
  Program candidate = without(search.best(), std::move(dropped));
  candidate.board = in_memory->number;
  return keeps_finding(search, candidate) && search.attempt(candidate);
}

}  // namespace

void cut_behind_finding(Program& program, const Execution& execution) {
  const std::size_t op = execution.outcome.finding->op;
  if (execution.context.entered) {
    if (op < program.ops.size()) program.ops.resize(op + 1);
  } else {
    program.ops.clear();
  }
}

std::size_t count_of(const Program& program) { return units_of(program).size(); }

bool drop(BootSearch& search, const std::vector<std::size_t>& units) {
  const auto all = units_of(search.best());
  std::vector<bool> dropped(search.best().ops.size());
  for (const std::size_t unit : units) {
    if (unit >= all.size()) return false;
    for (const std::size_t op : all[unit]) dropped[op] = true;
  }
  if (ends_with_finding(search) && !dropped.empty() && dropped.back()) return false;
  const Program candidate = without(search.best(), std::move(dropped));
  return keeps_finding(search, candidate) && search.attempt(candidate);
}

bool drop_run(BootSearch& search, std::vector<std::size_t> units, std::size_t size) {
  const auto all = units_of(search.best());
  if (ends_with_finding(search) && units.back() + 1 == all.size()) units.pop_back();
  if (units.empty()) return false;
  if (drop(search, units)) return true;
  const std::vector<std::size_t>& ops = all[units.front()];
  return size == 1 && ops.size() == 1 && search.attempt(without_only(search.best(), ops.front()));
}

void begin_search(BootSearch& search) {
  if (search.best().board != 0) {
    Program plain = search.best();
    plain.board = 0;
    plain.garbage = 0;
    search.attempt(plain);
  }
  shrink_all_rounds(search);
  name_results(search);
  drop_runs(search);
  shrink_board(search);
  leave_small_heap(search);
  start_in_memory(search);
}

bool search_round(BootSearch& search) {
  bool changed = shrink_all_rounds(search);
  changed = shrink_values(search) || changed;
  changed = drop_runs(search) || changed;
  return shrink_board(search) || changed;
}

}  // namespace hobnail
