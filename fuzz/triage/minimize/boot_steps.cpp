// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps of boots: the deletion of ops, boards, names for results.
#include "fuzz/triage/minimize/boot_steps.h"

#include <algorithm>
#include <utility>

#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/minimize/boot_values.h"
#include "properties/oracle/board/board_profile.h"

namespace hobnail {
namespace {

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
    if (code != OpCode::AllocatePages && code != OpCode::AllocatePool &&
        code != OpCode::CreateHob) {
      continue;
    }
    for (const oracle::Quantity& fill : kFills) {
      Program candidate = search.best();
      candidate.board = 0;
      candidate.ops[i].quantity = fill;
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
    if (!relative(i)) continue;
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

std::size_t count_of(const Program& program) { return program.ops.size(); }

bool drop(BootSearch& search, const std::vector<std::size_t>& ops) {
  std::vector<bool> dropped(search.best().ops.size());
  for (const std::size_t op : ops) {
    if (op >= dropped.size()) return false;
    dropped[op] = true;
  }
  if (ends_with_finding(search) && !dropped.empty() && dropped.back()) return false;
  const Program candidate = without(search.best(), std::move(dropped));
  return keeps_finding(search, candidate) && search.attempt(candidate);
}

bool drop_run(BootSearch& search, std::vector<std::size_t> ops, std::size_t size) {
  if (ends_with_finding(search) && ops.back() + 1 == search.best().ops.size()) ops.pop_back();
  if (ops.empty()) return false;
  return drop(search, ops) ||
         (size == 1 && search.attempt(without_only(search.best(), ops.front())));
}

void begin_search(BootSearch& search) {
  if (search.best().board != 0) {
    Program plain = search.best();
    plain.board = 0;
    plain.garbage = 0;
    search.attempt(plain);
  }
  name_results(search);
  drop_runs(search);
  shrink_board(search);
  leave_small_heap(search);
  start_in_memory(search);
}

bool search_round(BootSearch& search) {
  bool changed = shrink_values(search);
  changed = drop_runs(search) || changed;
  return shrink_board(search) || changed;
}

}  // namespace hobnail
