// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The lists, HOB by HOB; then the model, and the contents.
#include "properties/oracle/services/migration_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/services/stack_checks.h"

namespace hobnail::oracle {
namespace {

// Where the pages of temporary RAM went: the records, each with its new base. EDK II's core moves
// all of them by one distance, modulo 2^64.
struct Shift {
  struct Move {
    Region from;
    std::uint64_t to = 0;
  };
  std::vector<Move> moves;

  [[nodiscard]] std::uint64_t distance() const {
    return moves.empty() ? 0 : moves.front().to - moves.front().from.base;
  }
  // The new address of one in temporary RAM; by the first distance where no record holds it.
  [[nodiscard]] std::uint64_t moved(std::uint64_t address) const {
    for (const Move& move : moves) {
      if (move.from.contains(address)) return address - move.from.base + move.to;
    }
    return address + distance();
  }
};

std::string hob_place(const Hob& hob) {
  return fmt::format("HOB at PHIT + {:#x}, type {:#06x}, length {:#x}", hob.offset, hob.type,
                     hob.length);
}

// Its pages went by whole granules, as far as all others under strict, or stayed when they were
// permanent.
Verdict check_page_shift(const Boot& boot, std::size_t i, Shift& shift) {
  const MemoryHob before = boot.previous.view.memory(i);
  const MemoryHob after = boot.snapshot.view.memory(i);
  const std::string place = hob_place(boot.previous.view.hobs[i]);
  const std::uint64_t distance = after.base - before.base;
  if (!boot.board.is_temporary(before.base)) {
    if (distance == 0) return std::nullopt;
    return report(
        boot, RuleId::MigrationShift,
        fmt::format("{}: pages at {:#x} were in permanent memory and must stay; the HOB has {:#x}",
                    place, before.base, after.base));
  }
  shift.moves.push_back({{before.base, before.length}, after.base});
  const auto moved = [&](std::string_view expected) {
    return fmt::format("{}: {:#x} moved to {:#x}; expected {}", place, before.base, after.base,
                       expected);
  };
  if (distance % boot.granularity(before.type) != 0) {
    return report(boot, RuleId::MigrationShift, moved("a whole number of granules"));
  }
  if (distance == shift.distance()) return std::nullopt;
  return report_practice(boot.options.rules, RuleId::MigrationShift,
                         moved("the distance of the other pages"));
}

// The record of a page allocation moved, and nothing else in it changed.
Verdict check_page_record(const Boot& boot, std::size_t i, Shift& shift) {
  const MemoryHob before = boot.previous.view.memory(i);
  const MemoryHob after = boot.snapshot.view.memory(i);
  const std::string place = hob_place(boot.previous.view.hobs[i]);
  if (before.length != after.length || before.type != after.type ||
      !same_guid(before.name, after.name)) {
    return report(
        boot, RuleId::MigrationHobs,
        fmt::format("{}: was {:#x}+{:#x} type {}, is {:#x}+{:#x} type {}{}", place, before.base,
                    before.length, before.type, after.base, after.length, after.type,
                    same_guid(before.name, after.name) ? "" : ", and its Name changed"));
  }
  if (!boot.board.is_temporary(after.base)) return check_page_shift(boot, i, shift);
  return report(boot, RuleId::MigrationTemporary,
                fmt::format("{} still describes {:#x}, in temporary RAM", place, after.base));
}

bool is_own_page_record(const Boot& boot, const Hob& hob) {
  return hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
         hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION) && !boot.model.made_by_peim(hob.offset);
}

// Pages without an owner need not migrate (I78 is EDK II's way): their record may be given up, or
// describe other free pages now. That no page is lost by it is for CONSERVATION to say.
bool may_stay_behind(const Boot& boot, std::size_t i) {
  const Hob& before = boot.previous.view.hobs[i];
  const Hob& after = boot.snapshot.view.hobs[i];
  if (!is_own_page_record(boot, before)) return false;
  if (boot.previous.view.memory(i).type != EfiConventionalMemory) return false;
  if (after.type == EFI_HOB_TYPE_UNUSED) return true;
  const MemoryHob now = boot.snapshot.view.memory(i);
  return after.type == before.type && now.type == EfiConventionalMemory &&
         !boot.board.is_temporary(now.base);
}

// What the core has for itself, it may do with as it likes: HOBs, pools and pages that no PEIM
// asked for.
bool is_cores_own(const Boot& boot, std::size_t i) {
  const Hob& hob = boot.previous.view.hobs[i];
  if (boot.strict() || boot.model.made_by_peim(hob.offset)) return false;
  if (is_own_page_record(boot, hob)) {
    const MemoryHob memory = boot.previous.view.memory(i);
    return boot.model.overlapping({memory.base, memory.length}) == nullptr;
  }
  const std::uint64_t body = boot.previous.base + hob.offset + sizeof(EFI_HOB_GENERIC_HEADER);
  return boot.model.owner(body) == nullptr;
}

// Its bytes are compared, or left to the contents of what a PEIM has in it.
bool may_be_rewritten(const Boot& boot, std::size_t i) {
  const Hob& hob = boot.previous.view.hobs[i];
  return is_cores_own(boot, i) || (!boot.strict() && hob.type == EFI_HOB_TYPE_MEMORY_POOL &&
                                   !boot.model.made_by_peim(hob.offset));
}

Verdict check_hob(const Boot& boot, std::size_t i, Shift& shift) {
  const Hob& before = boot.previous.view.hobs[i];
  const auto changed = [&](std::string_view how) {
    return report(boot, RuleId::MigrationHobs, fmt::format("{}: {}", hob_place(before), how));
  };
  if (i + 1 >= boot.snapshot.view.hobs.size()) return changed("missing in the migrated list");
  const Hob& after = boot.snapshot.view.hobs[i];
  if (after.offset != before.offset || after.length != before.length) {
    return changed(fmt::format("it became type {:#06x}, length {:#x}", after.type, after.length));
  }
  // An unused slot may hold the record of the new stack now.
  const bool recycled = before.type == EFI_HOB_TYPE_UNUSED && is_own_page_record(boot, after);
  if (recycled || may_stay_behind(boot, i)) return std::nullopt;
  if (is_cores_own(boot, i) && after.type == EFI_HOB_TYPE_UNUSED) return std::nullopt;
  if (after.type != before.type) return changed(fmt::format("it became type {:#06x}", after.type));
  if (is_own_page_record(boot, before)) {
    // SEC's stack may have been described; its record becomes that of the new stack.
    const MemoryHob memory = boot.previous.view.memory(i);
    if (same_guid(memory.name, EFI_HOB_MEMORY_ALLOC_STACK_GUID)) return std::nullopt;
    if (is_cores_own(boot, i)) return std::nullopt;
    return check_page_record(boot, i, shift);
  }
  if (may_be_rewritten(boot, i)) return std::nullopt;
  if (std::memcmp(boot.previous.bytes.data() + before.offset,
                  boot.snapshot.bytes.data() + after.offset, before.length) != 0) {
    return changed("its bytes changed");
  }
  return std::nullopt;
}

Verdict check_lists(const Boot& boot, Shift& shift) {
  for (std::size_t i = 1; i + 1 < boot.previous.view.hobs.size(); ++i) {
    if (Verdict verdict = check_hob(boot, i, shift)) return verdict;
  }
  if (boot.snapshot.phit.BootMode != boot.previous.phit.BootMode) {
    return report(boot, RuleId::MigrationHobs,
                  fmt::format("BootMode changed from {:#x} to {:#x}", boot.previous.phit.BootMode,
                              boot.snapshot.phit.BootMode));
  }
  return std::nullopt;
}

Verdict check_phit_pointers(const Boot& boot) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = boot.snapshot.phit;
  const std::array<std::pair<std::string_view, std::uint64_t>, 5> fields{
      {{"EfiMemoryBottom", phit.EfiMemoryBottom},
       {"EfiMemoryTop", phit.EfiMemoryTop},
       {"EfiFreeMemoryBottom", phit.EfiFreeMemoryBottom},
       {"EfiFreeMemoryTop", phit.EfiFreeMemoryTop},
       {"EfiEndOfHobList", phit.EfiEndOfHobList}}};
  for (const auto& [name, value] : fields) {
    if (!boot.board.is_temporary(value)) continue;
    return report(
        boot, RuleId::MigrationTemporary,
        fmt::format("{} is {:#x}, in temporary RAM, which no longer exists", name, value));
  }
  return std::nullopt;
}

std::uint64_t new_address(const Boot& boot, const Shift& shift, std::uint64_t address) {
  if (boot.previous.list().contains(address)) {
    return address - boot.previous.base + boot.snapshot.base;
  }
  return boot.board.is_temporary(address) ? shift.moved(address) : address;
}

// Where a rule that is disabled would have said so, an allocation may have no memory now.
bool all_have_memory(const Boot& boot, const Shift& shift) {
  const std::vector<Allocation>& live = boot.model.live;
  return std::all_of(live.begin(), live.end(), [&](const Allocation& block) {
    return boot.board.region_of(new_address(boot, shift, block.where.base))
        .contains(new_address(boot, shift, block.where.base), block.where.size);
  });
}

// Moves allocations, handles and shadow memory from temporary RAM to their new addresses.
void move_allocations(Boot& boot, const Shift& shift) {
  const auto moved = [&](std::uint64_t address) { return new_address(boot, shift, address); };
  for (Allocation& block : boot.model.live) {
    const std::uint64_t to = moved(block.where.base);
    if (to == block.where.base) continue;
    move_shadow(boot.board, block.where.base, to, block.where.size);
    block.where.base = to;
    boot.board.note_dirty(block.where);
  }
  for (Region& range : boot.model.freed) range.base = moved(range.base);
  boot.model.freed_before = boot.model.freed.size();
  for (Handles& of_kind : boot.model.handles) {
    for (Region& handle : of_kind) handle.base = moved(handle.base);
  }
}

// Everything that a migration writes, so that the next boot finds it as it was.
void note_written(Boot& boot) {
  const Region& installed = boot.model.installed;
  const Region& temporary_ram = boot.board.profile().temporary_ram;
  // A core may copy all of temporary RAM, with gap and stack.
  const std::uint64_t image = boot.snapshot.base + temporary_ram.size;
  const std::uint64_t low = std::max(boot.snapshot.list_end(), image);
  boot.board.note_dirty({installed.base, std::min(low, installed.end()) - installed.base});
  for (const OwnHob& hob : boot.snapshot.own) {
    if (!hob.stack && hob.where.size <= temporary_ram.size) boot.board.note_dirty(hob.where);
    if (!hob.stack || !installed.contains(hob.where.base, hob.where.size)) continue;
    // The old stack's image at its top, and SEC's data above it, wherever the stack is.
    const std::uint64_t stack = std::min(boot.board.profile().stack.size, hob.where.size);
    const std::uint64_t from = hob.where.end() - stack;
    const std::uint64_t bytes = stack + boot.board.profile().hole_bytes();
    boot.board.note_dirty({from, std::min(bytes, installed.end() - from)});
  }
}

// A block that would lie outside the memory, or over another, cannot be compared.
Verdict check_new_places(const Boot& boot) {
  for (const OwnHob& hob : boot.snapshot.own) {
    if (boot.model.installed.contains(hob.where.base, hob.where.size)) continue;
    const bool left_behind = boot.board.is_temporary(hob.where.base);
    return report_last(boot,
                       hob.stack     ? RuleId::MigrationStack
                       : left_behind ? RuleId::MigrationTemporary
                                     : RuleId::MigrationShift,
                       fmt::format("a memory allocation HOB describes {} after the migration; PEI "
                                   "memory is {}",
                                   hob.where, boot.model.installed));
  }
  return std::nullopt;
}

Verdict check_contents(const Boot& boot) {
  if (Verdict verdict = check_memory(boot.now(), RuleId::MigrationContents)) {
    return verdict;
  }
  if (boot.options.rules.has(RuleId::MigrationContents)) return std::nullopt;
  for (const Allocation& block : boot.model.live) {
    adopt(boot.board, block.where.base, block.known);
  }
  return std::nullopt;
}

}  // namespace

Verdict check_migration(Boot& boot) {
  note_written(boot);
  Shift shift;
  if (Verdict verdict = check_phit_pointers(boot)) return verdict;
  if (Verdict verdict = check_lists(boot, shift)) return verdict;
  if (Verdict verdict = check_new_places(boot)) return verdict;
  if (!all_have_memory(boot, shift)) {
    boot.over = true;
    return std::nullopt;
  }
  move_allocations(boot, shift);
  if (Verdict verdict = check_contents(boot)) return verdict;
  return check_stack(boot);
}

}  // namespace hobnail::oracle
