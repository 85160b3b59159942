// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Editing of programs.
#include "properties/claims/shapes.h"

#include <algorithm>
#include <utility>

#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint8_t kRoomy = 6;
// Of roomy's temporary RAM: 448 KiB hold them, whatever a core keeps for itself.
constexpr std::uint64_t kPagesInAll = 64;
constexpr std::uint64_t kBytesInAll = 0x8000;
// With granules of 64 KiB: the granule, and the padding that aligns it.
constexpr std::uint64_t kPagesOfRuntime = 32;

std::uint64_t within(std::uint64_t value, std::uint64_t low, std::uint64_t high) {
  return value >= low && value <= high ? value : low + value % (high - low + 1);
}

class Room {
 public:
  // Makes the request a small one; false when there is no room for it.
  bool shrink(Op& op) {
    std::uint64_t& value = op.quantity.value;
    if (op.code == OpCode::AllocatePages) {
      op.quantity = {Measure::Literal, within(value, 1, 8)};
      return take(pages_, has_runtime_granularity(op.number) ? kPagesOfRuntime : value);
    }
    if (op.code == OpCode::AllocatePool) {
      op.quantity = {Measure::Literal, within(value, 0, 512)};
      return take(bytes_, value + 16);
    }
    if (op.code == OpCode::CreateHob) {
      op.quantity = {Measure::Literal, within(value, 24, 512)};
      return take(bytes_, value + 8 + op.data.size());
    }
    return true;
  }

 private:
  static bool take(std::uint64_t& left, std::uint64_t amount) {
    if (amount > left) return false;
    left -= amount;
    return true;
  }
  std::uint64_t pages_ = kPagesInAll;
  std::uint64_t bytes_ = kBytesInAll;
};

// Live pages by result of AllocatePages, if every call succeeds. Keeps the ops whose operands do
// not depend on addresses: no place in a block that is dead, or beyond its end.
class Blocks {
 public:
  // False when the op has no such meaning.
  bool keep(Op& op) {
    if (op.code == OpCode::InstallPeiMemory) return true;
    if (op.code == OpCode::FreePages) return free(op);
    if (op.code == OpCode::AllocatePages) live_.emplace_back(op.quantity.value, true);
    return stays_within(op.place) && stays_within(op.source);
  }

 private:
  // From there on, up to the end or to a page that is dead.
  [[nodiscard]] std::uint64_t run_of(const Place& place) const {
    const std::vector<bool>& pages = live_[place.index];
    std::uint64_t end = place.offset;
    while (end < pages.size() && pages[sized(end)]) ++end;
    return end - place.offset;
  }

  [[nodiscard]] static std::uint64_t page_in(const Place& place) {
    return place.in_pages ? place.offset : place.offset / kPage;
  }

  // The n-th newest block that lives gets its name.
  [[nodiscard]] bool name_newest(Place& place) const {
    std::vector<std::uint16_t> living;
    for (std::size_t i = live_.size(); i-- > 0;) {
      const bool any = std::find(live_[i].begin(), live_[i].end(), true) != live_[i].end();
      if (any) living.push_back(static_cast<std::uint16_t>(i));
    }
    if (living.empty()) return false;
    place = page_of(living[place.index % living.size()], page_in(place));
    return true;
  }

  bool free(Op& op) {
    Place& place = op.place;
    if (place.anchor == Anchor::LivePages && !name_newest(place)) return false;
    if (place.anchor != Anchor::NamedPages || place.index >= live_.size()) return false;
    place = page_of(place.index, page_in(place) % live_[place.index].size());
    const std::uint64_t run = run_of(place);
    if (run == 0) return false;
    const bool whole = op.quantity.measure == Measure::Whole;
    const std::uint64_t pages = whole ? run : within(op.quantity.value, 1, run);
    op.quantity = {Measure::Literal, pages};
    for (std::uint64_t i = 0; i < pages; ++i) live_[place.index][sized(place.offset + i)] = false;
    return true;
  }

  // Blocks of pages have 4 KiB at least, and others a few bytes.
  [[nodiscard]] bool stays_within(Place& place) const {
    const bool named = place.anchor == Anchor::NamedPages || place.anchor == Anchor::NameOfPages;
    const bool pages = named || place.anchor == Anchor::LivePages;
    const bool others = place.anchor == Anchor::NamedPool || place.anchor == Anchor::NamedHob ||
                        place.anchor == Anchor::LivePool || place.anchor == Anchor::LiveHob;
    if (pages) place.offset %= kPage;
    if (others) place.offset = 0;
    if (!pages && !others && place.anchor != Anchor::Absolute) return false;
    return !named || (place.index < live_.size() && live_[place.index][0]);
  }

  std::vector<std::vector<bool>> live_;
};

bool is_relation_to_room(const Op& op) {
  const auto is_freed = [](const Place& place) { return place.anchor == Anchor::FreedPages; };
  const bool takes = op.code == OpCode::AllocatePages || op.code == OpCode::AllocatePool ||
                     op.code == OpCode::CreateHob;
  const bool plain =
      op.quantity.measure == Measure::Literal || op.quantity.measure == Measure::Whole || takes;
  return !plain || is_freed(op.place) || is_freed(op.source);
}

}  // namespace

Program migrates(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
  });
  const auto third = static_cast<std::ptrdiff_t>(program.ops.size() / 3);
  program.ops.insert(program.ops.begin() + 2 * third, make_op(OpCode::ReturnToDispatcher));
  program.ops.insert(program.ops.begin() + third, install_all());
  return program;
}

Program within_pei(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::HandOff || op.code == OpCode::ExitBootServices;
  });
  return program;
}

Program first_ops(const Program& program, std::size_t count) {
  Program prefix = program;
  if (count < prefix.ops.size()) prefix.ops.resize(count);
  return prefix;
}

std::size_t page_results(const Program& program) {
  return static_cast<std::size_t>(
      std::count_if(program.ops.begin(), program.ops.end(),
                    [](const Op& op) { return op.code == OpCode::AllocatePages; }));
}

Op quantity_op(OpCode code, std::uint32_t number, Measure measure, std::uint64_t value) {
  Op op = make_op(code);
  op.number = number;
  op.quantity = {measure, value};
  return op;
}

Op allocate_pages(std::uint32_t type, std::uint64_t pages) {
  return quantity_op(OpCode::AllocatePages, type, Measure::Literal, pages);
}

Op free_pages(const Place& place, std::uint64_t pages) {
  Op op = quantity_op(OpCode::FreePages, 0, Measure::Literal, pages);
  op.place = place;
  return op;
}

Place page_of(std::size_t handle, std::uint64_t offset_pages) {
  return {Anchor::NamedPages, static_cast<std::uint16_t>(handle), true, offset_pages};
}

Program without_addresses(Program program) {
  const auto is_address = [](const Place& place) {
    return place.anchor == Anchor::Absolute && place.offset != 0;
  };
  std::erase_if(program.ops,
                [&](const Op& op) { return is_address(op.place) || is_address(op.source); });
  return program;
}

Program with_room(Program program) {
  program = without_addresses(std::move(program));
  program.board = kRoomy;
  Room room;
  Blocks blocks;
  std::vector<Op> ops;
  for (Op& op : program.ops) {
    if (op.code == OpCode::InstallPeiMemory) op = install_all();
    if (is_relation_to_room(op) || !room.shrink(op)) continue;
    if (blocks.keep(op)) ops.push_back(std::move(op));
  }
  // A later result takes the name of one that was left out: any program will do.
  program.ops = std::move(ops);
  return program;
}

}  // namespace hobnail::oracle
