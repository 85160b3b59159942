// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// States, board, plan, program.
#include "fuzz/hob_dump/rebuild/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "fuzz/hob_dump/rebuild/plan.h"
#include "fuzz/hob_dump/rebuild/state.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::BoardProfile;
using oracle::HobView;
using oracle::Op;
using oracle::OpCode;
using oracle::Region;

// The boards to choose from, the closest to real firmware first.
constexpr std::string_view kBoards[] = {"ovmf-q35", "roomy"};
// What a migration puts into permanent memory beside pages: stack, temporary RAM's list, growth.
constexpr std::uint64_t kMigrationBytes = kMigratedStackBytes + 0x40000;

using States = std::vector<HobState>;
using Error = std::string;

std::variant<States, Error> read_states(std::span<const HobFile> lists) {
  States states;
  HobView view;
  for (const HobFile& list : lists) {
    oracle::walk_hobs(list.bytes, view);
    if (!view.ok()) {
      return fmt::format("{}: at offset {:#x}: {}", list.name, view.error_offset, view.error);
    }
    if (view.hobs.size() > oracle::kOpsMax) {
      return fmt::format("{}: {} HOBs are more than the {} ops of a program can make", list.name,
                         view.hobs.size(), oracle::kOpsMax);
    }
    states.push_back(state_of(view, list.name));
    if (states.size() > 1 && states[states.size() - 2].permanent && !states.back().permanent) {
      return fmt::format(
          "{}: a list in temporary RAM after one in permanent memory; name the lists in the order "
          "of the boot",
          list.name);
    }
  }
  return states;
}

std::optional<PermanentMemory> find_permanent(const States& states) {
  for (const HobState& state : states) {
    if (state.permanent) return PermanentMemory{state.memory, state.free_top};
  }
  return std::nullopt;
}

// Where pages of temporary RAM end. A list of permanent memory shows them moved, below what was
// allocated in the window; they are planned where they have come to lie.
std::uint64_t temporary_top(const HobState& first) {
  std::uint64_t top = first.memory.end();
  if (!first.permanent) return top;
  for (std::size_t i = 0; i < first.slots.size() && i < first.stack; ++i) {
    if (!first.pages[i]) continue;
    const Region range = memory_of(first.slots[i])->range;
    if (range.end() == top) top = range.base;
  }
  return top;
}

struct Demand {
  std::uint64_t list = 0;       // bytes of HOBs in temporary RAM
  std::uint64_t temporary = 0;  // bytes of pages there
  std::uint64_t permanent = 0;  // bytes of permanent memory; 0 when no list tells
};

Demand demand_of(const States& states, const std::optional<PermanentMemory>& permanent) {
  Demand demand;
  if (permanent) demand.permanent = permanent->region.size;
  for (const HobState& state : states) {
    std::uint64_t bytes = state.bytes();
    if (state.permanent) {
      for (std::size_t i = *state.stack + 1; i < state.slots.size(); ++i) {
        bytes -= state.slots[i].length;
      }
    } else {
      demand.temporary = std::max(demand.temporary, state.memory.end() - state.free_top);
    }
    demand.list = std::max(demand.list, bytes);
  }
  return demand;
}

const BoardProfile& board_named(std::string_view name) {
  const auto profiles = oracle::board_profiles();
  return *std::find_if(profiles.begin(), profiles.end(),
                       [name](const BoardProfile& board) { return board.name == name; });
}

const BoardProfile* choose_board(const Demand& demand) {
  for (const std::string_view name : kBoards) {
    const BoardProfile& board = board_named(name);
    if (demand.list + demand.temporary + kPageBytes > board.heap.size) continue;
    if (demand.permanent > board.dram[0].size) continue;
    return &board;
  }
  return nullptr;
}

// More permanent memory than any board has, but of which no more is used than one has.
const BoardProfile* choose_large_board(const States& states, Demand demand) {
  for (const HobState& state : states) {
    if (!state.permanent) continue;
    demand.permanent = std::max(demand.permanent, kMigrationBytes + state.bytes());
    const std::uint64_t pages = state.memory.end() - state.free_top;
    demand.permanent = kMigrationBytes + state.bytes() + pages;
  }
  return choose_board(demand);
}

Op install_op(const BoardProfile& board, const std::optional<PermanentMemory>& permanent) {
  Op op;
  op.code = OpCode::InstallPeiMemory;
  op.place = {oracle::Anchor::Dram, 0, false, 0};
  op.quantity = {oracle::Measure::Whole, 0};
  if (permanent && permanent->region.size < board.dram[0].size) {
    op.quantity = {oracle::Measure::Literal, permanent->region.size};
  }
  return op;
}

Region installed_region(const States& states, const BoardProfile& board,
                        const std::optional<PermanentMemory>& permanent) {
  if (permanent) return permanent->region;
  for (const HobState& state : states) {  // a stack HOB tells at least where it begins
    if (state.stack) return {memory_of(state.slots[*state.stack])->range.base, board.dram[0].size};
  }
  return board.dram[0];
}

// Lists of a boot whose pages need more than any board's temporary RAM, and that never migrated:
// page services cannot play them, so a PEIM describes the pages.
void forget_pages(States& states) {
  for (HobState& state : states) state.pages.assign(state.slots.size(), false);
}

std::variant<RebuiltBoot, Error> plan(const States& states, Planner planner) {
  RebuiltBoot boot;
  Error skipped;
  for (const HobState& state : states) {
    if (auto why = planner.reach(state)) {
      // An instant inside a service is no state that a program can stop at; the last one must be.
      if (&state == &states.back()) return skipped.empty() ? *why : skipped;
      if (skipped.empty()) skipped = *why;
    } else {
      skipped.clear();
    }
    boot.ops_after.push_back(planner.slots().ops().size());
  }
  boot.program.ops = planner.slots().ops();
  boot.notes = planner.notes();
  return boot;
}

}  // namespace

std::variant<RebuiltBoot, std::string> rebuild_boot(std::span<const HobFile> lists) {
  auto read = read_states(lists);
  if (const Error* error = std::get_if<Error>(&read)) return *error;
  States& states = std::get<States>(read);
  if (states.empty()) return Error("no HOB list to rebuild");
  const auto permanent = find_permanent(states);
  for (HobState& state : states) mark_pages(state, permanent);

  Demand demand = demand_of(states, permanent);
  const BoardProfile* board = choose_board(demand);
  if (board == nullptr && permanent) board = choose_large_board(states, demand);
  if (board == nullptr && !permanent) {
    forget_pages(states);
    demand.temporary = 0;
    board = choose_board(demand);
  }
  if (board == nullptr) {
    return fmt::format("{}: no board has room for its {:#x} bytes of HOBs and its pages",
                       states.back().name, demand.list);
  }
  Planner planner(temporary_top(states.front()), installed_region(states, *board, permanent),
                  install_op(*board, permanent));
  auto planned = plan(states, std::move(planner));
  if (auto* boot = std::get_if<RebuiltBoot>(&planned)) boot->program.board = board->number;
  return planned;
}

std::string boot_text(const RebuiltBoot& boot, std::span<const HobFile> lists) {
  std::string text = fmt::format("# Rebuilds the HOB list of {}", lists.back().name);
  if (lists.size() > 1) {
    text += fmt::format(", the last of {} states of one boot from {} on", lists.size(),
                        lists.front().name);
  }
  text +=
      ".\n# Made by `hobnail hobs --program`: the same HOBs in the same order, addresses aside.\n";
  for (const std::string& note : boot.notes) text += "# Note: " + note + "\n";
  return text + oracle::print_text(boot.program);
}

}  // namespace hobnail
