// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of any moment. Each returns on the first thing that does not hold.
#include "properties/oracle/checks/heap_invariants.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/board/same_bytes.h"

namespace hobnail::oracle {
namespace {

Verdict check_chain(const BootState& now, CheckedList& checked) {
  const HobListSnapshot& snapshot = now.snapshot;
  const auto violation = [&](const Hob& hob, std::string_view what) {
    return report(now, RuleId::HobChain,
                  fmt::format("HOB at {:#x} (PHIT + {:#x}), type {:#06x}, length {:#x}: {}",
                              snapshot.base + hob.offset, hob.offset, hob.type, hob.length, what));
  };
  PeimHobs of_peims(now.model, snapshot.view.hobs[checked.hobs].offset);
  for (std::size_t i = checked.hobs; i < snapshot.view.hobs.size(); ++i) {
    const Hob& hob = snapshot.view.hobs[i];
    if (snapshot.view.read<EFI_HOB_GENERIC_HEADER>(hob).Reserved != 0) {
      return violation(hob, "Reserved in its header is not 0");
    }
    if (of_peims.contains(hob.offset)) continue;  // a PEIM may ask for any length
    const std::uint16_t length = fixed_hob_length(hob.type);
    if (length != 0 && hob.length != length)
      return violation(hob, "its type has another, fixed length");
    if (hob.type == EFI_HOB_TYPE_HANDOFF && hob.offset != 0) return violation(hob, "a second PHIT");
    if (hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
        hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION) &&
        hob.length != sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE)) {
      return violation(hob, "expected 48 bytes, or 72 for a module");
    }
  }
  checked.hobs = snapshot.view.hobs.size() - 1;  // END moves when the list grows
  const std::uint64_t end = snapshot.base + snapshot.view.hobs.back().offset;
  if (end != snapshot.phit.EfiEndOfHobList) {
    return report(now, RuleId::HobChain,
                  fmt::format("the END HOB is at {:#x}; EfiEndOfHobList is {:#x}", end,
                              snapshot.phit.EfiEndOfHobList));
  }
  return std::nullopt;
}

// The memory that PEI may manage in this phase; the PHIT must not claim more. Of temporary RAM that
// is the heap; PI lets the PHIT describe all of it.
Region managed_limits(const BootState& now) {
  if (now.model.phase == Phase::Permanent) return now.model.installed;
  const BoardProfile& board = now.board.profile();
  const bool heap_only = now.rules.strict() || board.has(kInMemory);
  return heap_only ? board.heap : hull(board.heap, board.temporary_ram);
}

Verdict check_phit(const BootState& now) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  const auto violation = [&](std::string what) {
    return report(now, RuleId::PhitFields, std::move(what));
  };
  if (phit.Version != EFI_HOB_HANDOFF_TABLE_VERSION) {
    return violation(fmt::format("Version is {:#x}; expected 9", phit.Version));
  }
  const std::uint64_t end = phit.EfiEndOfHobList + sizeof(EFI_HOB_GENERIC_HEADER);
  if (phit.EfiFreeMemoryBottom != end) {
    std::string what =
        fmt::format("EfiFreeMemoryBottom {:#x} is not the byte after the END HOB at {:#x}",
                    phit.EfiFreeMemoryBottom, phit.EfiEndOfHobList);
    if (phit.EfiFreeMemoryBottom < end) return violation(std::move(what));
    Verdict verdict = report_practice(now, RuleId::PhitFields, std::move(what));
    if (!verdict.passed()) return verdict;
  }
  const Region limits = managed_limits(now);
  if (phit.EfiMemoryBottom < limits.base || phit.EfiMemoryTop > limits.end()) {
    return violation(fmt::format("it describes [{:#x}, {:#x}); PEI manages {} in this phase",
                                 phit.EfiMemoryBottom, phit.EfiMemoryTop, limits));
  }
  if (now.snapshot.base < phit.EfiMemoryBottom) {
    return violation(fmt::format("the PHIT itself at {:#x} lies below EfiMemoryBottom {:#x}",
                                 now.snapshot.base, phit.EfiMemoryBottom));
  }
  return std::nullopt;
}

Verdict check_boot_mode(const BootState& now) {
  if (now.snapshot.phit.BootMode == now.model.boot_mode) return std::nullopt;
  return report(
      now, RuleId::BootMode,
      fmt::format("the PHIT's BootMode is {:#x}; expected {:#x}, the boot mode that was set",
                  now.snapshot.phit.BootMode, now.model.boot_mode));
}

Verdict check_cursors(const BootState& now) {
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = now.snapshot.phit;
  if (phit.EfiMemoryBottom <= phit.EfiFreeMemoryBottom &&
      phit.EfiFreeMemoryBottom <= phit.EfiFreeMemoryTop &&
      phit.EfiFreeMemoryTop <= phit.EfiMemoryTop) {
    return std::nullopt;
  }
  return report(
      now, RuleId::HeapBounds,
      fmt::format("bottom {:#x} <= free bottom {:#x} <= free top {:#x} <= top {:#x} does not hold",
                  phit.EfiMemoryBottom, phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop,
                  phit.EfiMemoryTop));
}

std::string hob_text(const HobListSnapshot& snapshot, const OwnHob& hob) {
  return fmt::format("the memory allocation HOB at PHIT + {:#x} ({}, type {}{})",
                     snapshot.view.hobs[hob.index].offset, hob.where, hob.type,
                     hob.stack ? ", the stack" : "");
}

// SEC's stack may be described from the start.
bool is_old_stack(const BootState& now, const OwnHob& hob) {
  return hob.stack && !now.model.migrated;
}

// One HOB for itself: pages, clear of list and stack.
Verdict check_clear(const BootState& now, const OwnHob& hob) {
  const auto violation = [&](std::string_view what) {
    return report(now, RuleId::HobOverlap, fmt::format("{} {}", hob_text(now.snapshot, hob), what));
  };
  // SEC's stack need not be whole pages.
  if (is_old_stack(now, hob) && hob.where == now.board.profile().stack) return std::nullopt;
  if (hob.where.base % kPage != 0 || hob.where.size % kPage != 0 || hob.where.size == 0) {
    return violation("does not describe whole pages");
  }
  if (is_old_stack(now, hob)) return std::nullopt;
  if (hob.where.overlaps(now.snapshot.list())) return violation("overlaps the HOB list");
  if (!now.model.migrated && hob.where.overlaps(now.board.profile().stack)) {
    return violation("overlaps SEC's stack");
  }
  return std::nullopt;
}

// One HOB for itself: inside the memory of the phase, and not in the gap.
Verdict check_bounds(const BootState& now, const OwnHob& hob) {
  const auto violation = [&](std::string_view what) {
    return report(now, RuleId::HeapBounds, fmt::format("{} {}", hob_text(now.snapshot, hob), what));
  };
  if (is_old_stack(now, hob)) return std::nullopt;
  if (!in_managed_memory(now, hob.where)) {
    return violation("lies outside the memory that PEI manages");
  }
  const Region gap{now.snapshot.phit.EfiFreeMemoryBottom, now.snapshot.gap()};
  if (gap.size != 0 && hob.where.overlaps(gap)) {
    return violation(fmt::format("extends into the free gap {}", gap));
  }
  return std::nullopt;
}

// Of HOBs at one address the one that comes first in the list.
HOBNAIL_UNCHECKED bool is_before(const OwnHob& a, const OwnHob& b) {
  return a.where.base != b.where.base ? a.where.base < b.where.base : a.index < b.index;
}

// Checks each record of pages alone. A record outside of list and gap stays outside while the list
// grows into the gap.
Verdict check_record_places(const BootState& now, CheckedList& checked) {
  const HobListSnapshot& list = now.snapshot;
  const std::uint64_t end = std::max(list.list_end(), list.phit.EfiFreeMemoryTop);
  const bool within = checked.room.contains(list.base, end - list.base);
  if (!within || checked.phase != now.model.phase || checked.bins != list.bins) checked.records = 0;
  for (std::size_t i = checked.records; i < list.own.size(); ++i) {
    if (Verdict verdict = check_clear(now, list.own[i])) return verdict;
    if (Verdict verdict = check_bounds(now, list.own[i])) return verdict;
  }
  checked.records = list.own.size();
  const bool adjacent = list.phit.EfiFreeMemoryBottom == list.list_end();
  checked.room = adjacent ? between(list.base, list.phit.EfiFreeMemoryTop) : Region{};
  checked.phase = now.model.phase;
  checked.bins = list.bins;
  return std::nullopt;
}

// Moves the last element to its place. AddressSanitizer's memmove takes ten times as long.
HOBNAIL_UNCHECKED void sort_in_last(std::vector<OwnHob>& sorted) {
  OwnHob* const first = sorted.data();
  OwnHob* at = first + sorted.size() - 1;
  const OwnHob hob = *at;
  for (; at != first && is_before(hob, at[-1]); --at) *at = at[-1];
  *at = hob;
}

// The own HOBs by address; no record of pages describes SEC's stack.
const std::vector<OwnHob>& by_address(const BootState& now, CheckedList& checked) {
  constexpr std::size_t kFewMore = 4;
  constexpr std::size_t kFew = 256;
  std::vector<OwnHob>& sorted = checked.by_address;
  const std::size_t size = now.snapshot.own.size();
  const bool few = size <= kFew || size - checked.own <= kFewMore;
  // Pages go down in memory: from the last one on they are nearly in order.
  for (std::size_t i = size; i > checked.own; --i) {
    const OwnHob& hob = now.snapshot.own[i - 1];
    if (is_old_stack(now, hob)) continue;
    sorted.push_back(hob);
    if (few) sort_in_last(sorted);
  }
  checked.own = size;
  if (!few) std::sort(sorted.begin(), sorted.end(), is_before);
  return sorted;
}

Verdict check_disjoint(const BootState& now, const std::vector<OwnHob>& sorted) {
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i - 1].where.end() <= sorted[i].where.base) continue;
    return report(now, RuleId::HobOverlap,
                  fmt::format("{} overlaps {}", hob_text(now.snapshot, sorted[i]),
                              hob_text(now.snapshot, sorted[i - 1])));
  }
  return std::nullopt;
}

Verdict check_allocations(const BootState& now, CheckedList& checked,
                          const std::vector<OwnHob>& sorted) {
  if (checked.freed != now.model.freed.size()) checked.pieces = 0;
  checked.freed = now.model.freed.size();
  for (; checked.pieces < now.model.live.size(); ++checked.pieces) {
    const Allocation& piece = now.model.live[checked.pieces];
    if (piece.kind != Result::Pages) continue;
    const auto found = std::lower_bound(
        sorted.begin(), sorted.end(), piece.where.base,
        [](const OwnHob& hob, std::uint64_t base) { return hob.where.base < base; });
    if (found != sorted.end() && found->where == piece.where && found->type == piece.type) continue;
    std::string seen = "no HOB begins there";
    if (found != sorted.end() && found->where.base == piece.where.base) {
      seen = fmt::format("found {}", hob_text(now.snapshot, *found));
    }
    return report(now, RuleId::AllocationHob,
                  fmt::format("p{}: live pages {} of type {} have no HOB of their own: {}",
                              piece.handle, piece.where, piece.type, seen));
  }
  return std::nullopt;
}

// The core's own records of modules, which are longer than those of pages.
std::vector<OwnHob> own_modules(const BootState& now) {
  std::vector<OwnHob> modules;
  for (const Hob& hob : now.snapshot.view.hobs) {
    const bool module = hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                        hob.length == sizeof(EFI_HOB_MEMORY_ALLOCATION_MODULE);
    if (!module || now.model.made_by_peim(hob.offset)) continue;
    const auto record = now.snapshot.view.read<EFI_HOB_MEMORY_ALLOCATION>(hob).AllocDescriptor;
    modules.emplace_back().where = {record.MemoryBaseAddress, record.MemoryLength};
  }
  return modules;
}

// The first page above the free top that no HOB of `sorted` describes.
std::optional<std::uint64_t> leaked_page(const BootState& now, const std::vector<OwnHob>& sorted) {
  const Region pages = between(page_up(now.snapshot.phit.EfiFreeMemoryTop),
                               page_down(now.snapshot.phit.EfiMemoryTop));
  if (pages.size == 0) return std::nullopt;
  // A heap that does not end on a page leaves a remainder, which may cost a page as it migrates.
  const bool odd_heap = now.board.profile().heap.end() % kPage != 0;
  std::uint64_t lost_allowed = odd_heap && now.model.migrated ? kPage : 0;
  std::uint64_t at = pages.base;
  const Region& bins = now.model.bins.all;  // of which no HOB describes what is free
  for (const OwnHob& hob : sorted) {
    if (bins.contains(at)) at = std::min(bins.end(), pages.end());
    if (hob.where.end() <= at) continue;
    const std::uint64_t hole = std::min(hob.where.base, pages.end()) - std::min(at, hob.where.base);
    if (hole > lost_allowed) break;
    lost_allowed -= hole;
    at = hob.where.end();
    if (at >= pages.end()) return std::nullopt;
  }
  if (bins.contains(at)) at = std::min(bins.end(), pages.end());
  if (pages.end() - at <= lost_allowed) return std::nullopt;
  return at;
}

// The pages above the free top are tiled by HOBs without a hole. `sorted` is disjoint.
Verdict check_tiling(const BootState& now, const std::vector<OwnHob>& sorted) {
  if (!leaked_page(now, sorted)) return std::nullopt;
  std::vector<OwnHob> all = own_modules(now);
  if (!now.model.migrated) {
    const BoardProfile& board = now.board.profile();
    for (const Region& part : beside(board.temporary_ram, board.heap)) {
      all.emplace_back().where = part;
    }
  }
  all.insert(all.end(), sorted.begin(), sorted.end());
  std::sort(all.begin(), all.end(), is_before);
  const std::optional<std::uint64_t> leaked = leaked_page(now, all);
  if (!leaked) return std::nullopt;
  return report(now, RuleId::Conservation,
                fmt::format("page {:#x} is above the free top {:#x} and in no HOB: the page is "
                            "leaked, and DXE would use it as free memory",
                            *leaked, now.snapshot.phit.EfiFreeMemoryTop));
}

}  // namespace

bool in_managed_memory(const BootState& now, const Region& where) {
  const Region& heap = now.board.profile().heap;
  const Region& installed = now.model.installed;
  switch (now.model.phase) {
    case Phase::Temporary:
      return heap.contains(where.base, where.size);
    case Phase::Window:
      return heap.contains(where.base, where.size) || installed.contains(where.base, where.size);
    case Phase::Permanent:
      return installed.contains(where.base, where.size) ||
             now.snapshot.bins.contains(where.base, where.size) ||
             now.model.bins.all.contains(where.base, where.size);
  }
  return false;
}

Region peim_frames(const BoardProfile& profile) {
  return {profile.stack.base, page_down(profile.stack.size / 4 * 3)};
}

void CheckedList::clear() {
  hobs = 0;
  own = 0;
  by_address.clear();
  records = 0;
  pieces = 0;
}

Verdict check_list(const BootState& now, CheckedList& checked) {
  if (!now.checked) return std::nullopt;
  if (Verdict verdict = check_chain(now, checked)) return verdict;
  if (Verdict verdict = check_cursors(now)) return verdict;
  if (Verdict verdict = check_phit(now)) return verdict;
  if (Verdict verdict = check_boot_mode(now)) return verdict;
  if (Verdict verdict = check_record_places(now, checked)) return verdict;
  const std::vector<OwnHob>& sorted = by_address(now, checked);
  if (Verdict verdict = check_disjoint(now, sorted)) return verdict;
  if (Verdict verdict = check_allocations(now, checked, sorted)) return verdict;
  return check_tiling(now, sorted);
}

}  // namespace hobnail::oracle
