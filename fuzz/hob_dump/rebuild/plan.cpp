// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The planner. Slot i of a state is HOB i + 1 of its list: the PHIT is HOB 0.
#include "fuzz/hob_dump/rebuild/plan.h"

#include <fmt/format.h>

#include <utility>

namespace hobnail {
namespace {

using oracle::Region;

using Why = std::optional<std::string>;

std::string hob_name(const HobState& wanted, std::size_t index) {
  return fmt::format("{}: HOB {} (type {:#06x}, length {:#x})", wanted.name, index + 1,
                     wanted.slots[index].type, wanted.slots[index].length);
}

}  // namespace

Why Planner::reach(const HobState& wanted) {
  const Slots before = slots_;
  const std::size_t notes_before = notes_.size();
  Why why = walk(wanted);
  if (why) {
    slots_ = before;
    notes_.resize(notes_before);
  }
  return why;
}

Why Planner::walk(const HobState& wanted) {
  if (wanted.boot_mode != slots_.boot_mode()) slots_.set_boot_mode(wanted.boot_mode);
  for (;;) {
    if (slots_.ops().size() > oracle::kOpsMax) {
      return fmt::format("{}: a program has at most {} ops, which is too few for this list",
                         wanted.name, oracle::kOpsMax);
    }
    const std::size_t index = first_difference(slots_, wanted);
    if (index == wanted.slots.size()) break;
    const bool recycled = index < slots_.slots().size() && index == slots_.next_slot();
    const bool added = index == slots_.slots().size() || recycled;
    if (Why why = added ? add(wanted, index) : change(wanted, index)) return why;
    if (first_difference(slots_, wanted) <= index) {
      return fmt::format("no service produces {}", hob_name(wanted, index));
    }
  }
  if (slots_.slots().size() > wanted.slots.size()) {
    return fmt::format("{}: HOB {} is gone, and HOBs are never removed from a list", wanted.name,
                       wanted.slots.size() + 1);
  }
  return keep_promises(wanted);
}

Why Planner::keep_promises(const HobState& wanted) {
  for (std::size_t i = wanted.slots.size(); i-- > 0;) {
    const Slot& slot = wanted.slots[i];
    const bool pages = wanted.pages[i];
    if (match_slot(slots_.slots()[i], slot, pages) != Match::Promised) continue;
    if (!keep_promise(slots_, wanted, i)) {
      return fmt::format("{}: no FreePages produces it", hob_name(wanted, i));
    }
  }
  for (std::size_t i = 0; i < slots_.slots().size(); ++i) {
    if (i < wanted.slots.size() &&
        match_slot(slots_.slots()[i], wanted.slots[i], wanted.pages[i]) == Match::Exact) {
      continue;
    }
    return fmt::format("{}: HOB {} is still in the list after the frees", wanted.name, i + 1);
  }
  return {};
}

// A slot that is there and differs.
Why Planner::change(const HobState& wanted, std::size_t index) {
  const Slot& now = slots_.slots()[index];
  const Slot& slot = wanted.slots[index];
  if (now.maker == Maker::Pages) {
    if (take_piece(wanted, index) || search(wanted, index)) return {};
    return fmt::format(
        "{}: no sequence of page services turns the previous allocation into this one",
        hob_name(wanted, index));
  }
  if (now.maker == Maker::Core) {
    return fmt::format("{}: the stack HOB is the core's own, no PEIM may rewrite it",
                       hob_name(wanted, index));
  }
  if (now.type != slot.type || now.length != slot.length) {
    return fmt::format("{} was type {:#06x}, length {:#x}, and no service changes a header",
                       hob_name(wanted, index), now.type, now.length);
  }
  slots_.write(index, slot.body);
  return {};
}

// A slot that comes next.
Why Planner::add(const HobState& wanted, std::size_t index) {
  const Slot& slot = wanted.slots[index];
  if (wanted.pages[index]) return add_pages(wanted, index);
  if (wanted.stack == index && !slots_.migrated()) {
    if (!slots_.installed()) slots_.install(memory_, install_);
    slots_.migrate();
    return {};
  }
  if (index < slots_.slots().size()) {
    return fmt::format("{} replaces an UNUSED HOB, which no service does", hob_name(wanted, index));
  }
  if (slot.type == pei::EFI_HOB_TYPE_MEMORY_POOL) {
    slots_.allocate_pool(slot);
  } else {
    slots_.create_hob(slot);
  }
  return {};
}

Why Planner::add_pages(const HobState& wanted, std::size_t index) {
  if (take_piece(wanted, index) || allocate(wanted, index)) return {};
  const Slot& slot = wanted.slots[index];
  const SlotMemory memory = *memory_of(slot);
  const bool appended = index == slots_.slots().size();
  const bool again = memory.range.base >= slots_.top() && memory.type != kConventionalMemory;
  if (again && appended) {  // memory that another HOB describes already: a PEIM's HOB
    slots_.create_hob(slot);
    return {};
  }
  if (search(wanted, index)) return {};
  if (!appended) {
    return fmt::format("{}: no sequence of page services reuses a slot for it",
                       hob_name(wanted, index));
  }
  notes_.push_back(fmt::format("{} made by CreateHob: no page services found that produce it",
                               hob_name(wanted, index)));
  slots_.create_hob(slot);
  return {};
}

// The plain case: the range ends where the next allocation ends.
bool Planner::allocate(const HobState& wanted, std::size_t index) {
  if (slots_.next_slot() != index) return false;
  const SlotMemory memory = *memory_of(wanted.slots[index]);
  const bool freed = memory.type == kConventionalMemory;
  if (!slots_.installed() && memory.range.end() != slots_.top() &&
      memory.range.end() == memory_.end()) {
    slots_.install(memory_, install_);
  }
  if (memory.range.end() != slots_.top()) return false;
  return slots_.allocate_pages(freed ? 4 : memory.type, memory.range.size).has_value();
}

// A piece of an allocation of which the wanted list shows another piece as freed.
bool Planner::take_piece(const HobState& wanted, std::size_t index) {
  const Region piece = memory_of(wanted.slots[index])->range;
  for (std::size_t i = 0; i < slots_.slots().size() && i < wanted.slots.size(); ++i) {
    const auto now = memory_of(slots_.slots()[i]);
    if (!wanted.pages[i] || slots_.slots()[i].maker != Maker::Pages) continue;
    if (!now || !now->range.contains(piece.base, piece.size)) continue;
    if (memory_of(wanted.slots[i])->type != kConventionalMemory) continue;
    Slots tried = slots_;
    if (!keep_promise(tried, wanted, i)) continue;
    if (first_difference(tried, wanted) <= index) continue;
    slots_ = std::move(tried);
    return true;
  }
  return false;
}

bool Planner::search(const HobState& wanted, std::size_t index) {
  auto found = search_pages(slots_, wanted, index, budget_);
  if (!found) return false;
  slots_ = std::move(*found);
  return true;
}

}  // namespace hobnail
