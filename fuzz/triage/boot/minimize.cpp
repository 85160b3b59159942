// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The order of the steps, and the deletion of ops.
#include "fuzz/triage/boot/minimize.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "fuzz/triage/boot/chunk_order.h"
#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/boot/search.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using pei::oracle::Op;
using pei::oracle::OpCode;
using pei::oracle::Program;

constexpr std::size_t kPairsUpTo = 12;  // ops; more pairs than that cost more than they bring

// What lies behind the finding was not played.
void truncate(Program& program, const Trial& trial) {
  const std::size_t op = trial.outcome.finding->op;
  if (trial.scene.entered) {
    if (op < program.ops.size()) program.ops.resize(op + 1);
  } else {
    program.ops.clear();
  }
}

// True when a deletion has left the op that shows it.
bool keeps_finding(const Search& search, const Program& candidate) {
  if (!search.ends_with_finding()) return true;
  return !candidate.ops.empty() && candidate.ops.back().code == search.best().ops.back().code;
}

bool drop(Search& search, const std::vector<std::size_t>& ops) {
  std::vector<bool> dropped(search.best().ops.size());
  for (const std::size_t op : ops) {
    if (op >= dropped.size()) return false;
    dropped[op] = true;
  }
  if (search.ends_with_finding() && !dropped.empty() && dropped.back()) return false;
  const Program candidate = without(search.best(), std::move(dropped));
  return keeps_finding(search, candidate) && search.attempt(candidate);
}

bool drop_chunks(Search& search, std::size_t size) {
  bool changed = false;
  for (const std::size_t chunk : chunk_order(search.best().ops.size(), size, search.seed())) {
    const std::size_t from = chunk * size;
    const std::size_t count = search.best().ops.size();
    if (from >= count || search.spent()) continue;
    std::vector<std::size_t> ops(std::min(size, count - from));
    std::iota(ops.begin(), ops.end(), from);
    if (search.ends_with_finding() && ops.back() + 1 == count) ops.pop_back();
    if (ops.empty()) continue;
    const bool dropped = drop(search, ops) ||
                         (size == 1 && search.attempt(without_only(search.best(), ops.front())));
    changed = changed || dropped;
  }
  return changed;
}

}  // namespace

Search::Search(Player& player, const Program& program, const Trial& first,
               const MinimiseOptions& options)
    : player_(player), options_(options), wanted_(likeness_of(program, first)) {
  keep(program, first);
}

void Search::keep(Program program, Trial trial) {
  truncate(program, trial);
  best_ = std::move(program);
  trial_ = std::move(trial);
  board_ = player_.blackboard();
}

bool Search::ends_with_finding() const {
  return trial_.scene.entered && trial_.outcome.finding->op < best_.ops.size();
}

bool Search::attempt(const Program& candidate) {
  if (spent()) return false;
  Program program = canonical(candidate);
  const std::vector<std::uint8_t> bytes = pei::oracle::encode_bytes(program);
  if (!tried_.insert(std::string(bytes.begin(), bytes.end())).second) return false;
  ++runs_;
  Trial trial = player_.play(program);
  const bool same = trial.found() && wanted_.covers(likeness_of(program, trial));
  if (same) keep(std::move(program), std::move(trial));
  if (options_.progress) options_.progress(runs_, best_.ops.size());
  return same;
}

bool shrink_board(Search& search) {
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

bool name_results(Search& search) {
  const auto relative = [&](std::size_t i) {
    return is_relative(search.best().ops[i].place) || is_relative(search.best().ops[i].source);
  };
  std::size_t count = 0;
  for (std::size_t i = 0; i < search.best().ops.size(); ++i) count += relative(i) ? 1 : 0;
  if (count == 0) return false;
  if (search.attempt(with_names(search.best(), search.board()))) return true;
  bool changed = false;
  for (std::size_t i = 0; i < search.best().ops.size() && count > 1; ++i) {
    if (!relative(i)) continue;
    changed = search.attempt(with_names(search.best(), search.board(), i)) || changed;
  }
  return changed;
}

// The board that starts PEI in permanent memory: no op is needed to get there.
bool start_in_memory(Search& search) {
  const auto moves = [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
  };
  const auto boards = pei::oracle::board_profiles();
  const std::vector<Op>& ops = search.best().ops;
  if (boards[search.best().board].has(pei::oracle::kInMemory)) return false;
  if (std::none_of(ops.begin(), ops.end(), moves)) return false;
  const auto in_memory = std::find_if(boards.begin(), boards.end(), [](const auto& board) {
    return board.has(pei::oracle::kInMemory);
  });
  std::vector<bool> dropped(ops.size());
  std::transform(ops.begin(), ops.end(), dropped.begin(), moves);
  if (search.ends_with_finding() && dropped.back()) return false;
  Program candidate = without(search.best(), std::move(dropped));
  candidate.board = in_memory->number;
  return keeps_finding(search, candidate) && search.attempt(candidate);
}

bool delete_ops(Search& search) {
  bool changed = false;
  std::size_t size = std::max<std::size_t>(search.best().ops.size() / 2, 1);
  for (;; size /= 2) {
    changed = drop_chunks(search, size) || changed;
    if (size == 1) break;
  }
  // What an op was needed for may be gone by now.
  while (drop_chunks(search, 1)) changed = true;
  return changed;
}

bool delete_pairs(Search& search) {
  if (search.best().ops.size() > kPairsUpTo) return false;
  bool changed = false;
  for (std::size_t second = search.best().ops.size(); second-- > 1;) {
    for (std::size_t first = second; first-- > 0;) {
      if (!drop(search, {first, second})) continue;
      changed = true;
      break;
    }
  }
  return changed;
}

Minimised minimise(Player& player, const Program& program, const Trial& first,
                   const MinimiseOptions& options) {
  // Played once more, so that what its relations came to is known.
  const Trial again = player.play(canonical(program));
  Search search(player, canonical(program), again.found() ? again : first, options);
  if (search.best().board != 0) {
    Program plain = search.best();
    plain.board = 0;
    plain.garbage = 0;
    search.attempt(plain);
  }
  name_results(search);
  delete_ops(search);
  shrink_board(search);
  start_in_memory(search);
  for (bool changed = true; changed && !search.spent();) {
    changed = shrink_values(search);
    changed = delete_ops(search) || changed;
    changed = shrink_board(search) || changed;
    if (!changed) changed = delete_pairs(search);
  }
  return {search.best(), search.trial(), search.runs() + 1, search.spent()};
}

}  // namespace hobnail
