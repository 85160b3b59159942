// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/coverage/conditions.h"

#include <algorithm>
#include <array>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/checks/owned_range.h"
#include "properties/oracle/dxe/dxe_view.h"
#include "properties/oracle/dxe/memory_types.h"

namespace hobnail::oracle {
namespace {

using enum Condition;

constexpr std::uint64_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
constexpr std::uint64_t kHob = sizeof(EFI_HOB_MEMORY_ALLOCATION);
constexpr std::uint64_t kLengthMax = 0xfff8;
constexpr std::uint64_t kSanePages = std::uint64_t{1} << 28;
constexpr std::uint64_t k4GiB = std::uint64_t{1} << 32;

constexpr std::array<std::string_view, static_cast<std::size_t>(Count)> kNames{
    "any",
    "list full",
    "unused slot",
    "no page in gap",
    "free record",
    "bins",
    "S3",
    "pages live",
    "window pages",
    "runtime live",
    "pool live",
    "null out",
    "zero length",
    "too long",
    "uneven",
    "exact fit",
    "one too many",
    "type refused",
    "no room for its HOB",
    "larger free",
    "equal free",
    "smaller free",
    "padding",
    "whole",
    "head",
    "tail",
    "middle",
    "at the gap",
    "beside free",
    "no slot for split",
    "part of granule",
    "several at once",
    "past the end",
    "double free",
    "nobody's",
    "of temporary RAM",
    "below header",
    "type END",
    "type PHIT",
    "type UNUSED",
    "type memory",
    "type resource",
    "type GUID",
    "not owned",
    "into pages",
    "into pool",
    "into HOB",
    "overlap up",
    "overlap down",
    "same place",
    "apart",
    "later",
    "over temporary RAM",
    "too small",
    "just enough",
    "above 4 GiB",
    "below temporary RAM",
    "nothing installed",
    "platform moves",
    "SEC data",
    "stack apart",
    "SEC HOBs",
    "in memory",
    "heap too small",
    "in the window",
    "no CPU HOB"};
static_assert(!kNames.back().empty(), "each condition has a name");

struct ConditionSet {
  Conditions all = 1;  // Any

  void add(Condition condition, bool holds) {
    if (holds) all.set(static_cast<std::size_t>(condition));
  }
};

bool stays_with_os(const Boot& boot, std::uint32_t type) {
  return boot.granularity(type) > kPage || type == EfiRuntimeServicesCode ||
         type == EfiRuntimeServicesData || type == EfiReservedMemoryType ||
         type == EfiACPIMemoryNVS;
}

void add_live(const Boot& boot, ConditionSet& set) {
  for (const Allocation& block : boot.model.live) {
    set.add(PoolLive, block.kind == Result::Pool);
    if (block.kind != Result::Pages) continue;
    const bool temporary = boot.board.is_temporary(block.where.base);
    set.add(PagesLive, temporary);
    set.add(WindowPages, !temporary && boot.model.phase == Phase::Window);
    set.add(RuntimeLive, stays_with_os(boot, block.type));
  }
}

void add_state(const Boot& boot, ConditionSet& set) {
  const auto& own = boot.snapshot.own;
  set.add(ListFull, boot.snapshot.gap() < kHob);
  set.add(UnusedSlot, boot.snapshot.unused_slots != 0);
  set.add(NoPageInGap, page_gap(boot.now()).size < kPage);
  set.add(FreeRecord,
          std::any_of(own.begin(), own.end(), [](const OwnHob& hob) { return hob.free(); }));
  set.add(BinsPresent, boot.snapshot.bins.size != 0);
  set.add(S3Mode, boot.model.boot_mode == BOOT_ON_S3_RESUME);
}

// The gap that a request of this granularity meets: its pages, and what their HOBs cost there.
void add_gap_fit(const Boot& boot, std::uint64_t bytes, std::uint64_t granularity,
                 ConditionSet& set) {
  const Region gap = page_gap(boot.now());
  const std::uint64_t top = round_down(gap.end(), granularity);
  const bool padded = top != round_down(gap.end(), kPage);
  std::uint64_t cost = padded ? 2 * kHob : kHob;
  if (boot.model.phase == Phase::Window) cost = 0;  // HOBs are temporary RAM's still
  const std::uint64_t usable = top > gap.base ? top - gap.base : 0;
  const auto fits = [&](std::uint64_t wanted) { return wanted + cost <= usable; };
  set.add(Padding, padded);
  set.add(HobHasNoRoom, bytes <= usable && !fits(bytes));
  set.add(ExactFit, fits(bytes) && !fits(bytes + granularity));
  set.add(OneTooMany, !fits(bytes) && bytes >= granularity && fits(bytes - granularity));
}

void add_free_fit(const Boot& boot, std::uint64_t bytes, ConditionSet& set) {
  bool any = false;
  bool equal = false;
  bool larger = false;
  for (const OwnHob& hob : boot.snapshot.own) {
    if (!hob.free()) continue;
    any = true;
    equal = equal || hob.where.size == bytes;
    larger = larger || hob.where.size > bytes;
  }
  set.add(FreeEqual, equal);
  set.add(FreeLarger, larger && !equal);
  set.add(FreeSmaller, any && !larger && !equal);
}

void add_pages(const Boot& boot, const Op& op, ConditionSet& set) {
  const std::uint64_t pages = resolve_quantity(boot.now(), op.quantity, {Unit::Pages, 0, 0});
  set.add(NullOut, op.null_out);
  set.add(TypeRefused, !is_allocatable(op.number));
  set.add(ZeroLength, pages == 0);
  set.add(TooLong, pages > kSanePages);
  if (op.null_out || !is_allocatable(op.number) || pages == 0 || pages > kSanePages) return;
  const std::uint64_t granularity = boot.granularity(op.number);
  const std::uint64_t bytes = round_up(pages * kPage, granularity);
  add_gap_fit(boot, bytes, granularity, set);
  add_free_fit(boot, bytes, set);
}

void add_piece(const Boot& boot, const Allocation& piece, const Region& range, ConditionSet& set) {
  const bool from_start = range.base == piece.where.base;
  const bool to_end = range.end() == piece.where.end();
  set.add(Whole, from_start && to_end);
  set.add(Head, from_start && !to_end);
  set.add(Tail, !from_start && to_end);
  set.add(Middle, !from_start && !to_end);
  const std::uint64_t needed = std::uint64_t{!from_start} + std::uint64_t{!to_end};
  const std::uint64_t granularity = boot.granularity(piece.type);
  const bool whole_granules = range.base % granularity == 0 && range.size % granularity == 0;
  set.add(PartOfGranule, !whole_granules);
  set.add(NoSlotForSplit, whole_granules && needed > hob_slots(boot.now()));
  set.add(AtTheGap, range.base == page_gap(boot.now()).end());
  for (const OwnHob& hob : boot.snapshot.own) {
    set.add(BesideFree,
            hob.free() && (hob.where.end() == range.base || hob.where.base == range.end()));
  }
  set.add(OfTemporaryRam, boot.model.phase == Phase::Window && boot.board.is_temporary(range.base));
}

// No piece of live pages holds all of the range.
void add_stranger(const Boot& boot, const Region& range, ConditionSet& set) {
  const Allocation* const owner = boot.model.owner(range.base);
  const bool in_pages = owner != nullptr && owner->kind == Result::Pages;
  const bool all = boot.model.all_live_pages(range);
  const auto& freed = boot.model.freed;
  const bool again = std::any_of(freed.begin(), freed.end(),
                                 [&](const Region& old) { return old.overlaps(range); });
  set.add(SeveralAtOnce, all);
  set.add(PastTheEnd, !all && in_pages);
  set.add(DoubleFree, !in_pages && again);
  set.add(Nobodys, !in_pages && !again);
}

void add_release(const Boot& boot, const Op& op, ConditionSet& set) {
  const ResolvedAddress spot = resolve_place(boot.now(), op.place);
  const std::uint64_t pages =
      resolve_quantity(boot.now(), op.quantity, {Unit::Pages, spot.rest, 0});
  const bool too_long =
      pages > ~std::uint64_t{0} / kPage || spot.address + pages * kPage < spot.address;
  set.add(Uneven, spot.address % kPage != 0);
  set.add(ZeroLength, pages == 0);
  set.add(TooLong, too_long);
  if (spot.address % kPage != 0 || pages == 0 || too_long) return;
  const Region range{spot.address, pages * kPage};
  const Allocation* const piece = boot.model.owner(range.base);
  if (piece != nullptr && piece->kind == Result::Pages &&
      piece->where.contains(range.base, range.size)) {
    return add_piece(boot, *piece, range, set);
  }
  add_stranger(boot, range, set);
}

// A HOB of `bytes` against what is left of the gap.
void add_hob_fit(const Boot& boot, std::uint64_t bytes, ConditionSet& set) {
  const std::uint64_t gap = round_down(boot.snapshot.gap(), 8);
  set.add(ExactFit, bytes == gap);
  set.add(OneTooMany, bytes == gap + 8);
}

void add_pool(const Boot& boot, const Op& op, ConditionSet& set) {
  const std::uint64_t size = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, kHeader});
  const bool too_long = size > kLengthMax - kHeader;
  set.add(NullOut, op.null_out);
  set.add(ZeroLength, size == 0);
  set.add(TooLong, too_long);
  if (op.null_out || too_long) return;
  set.add(Uneven, size % 8 != 0);
  add_hob_fit(boot, round_up(kHeader + size, 8), set);
}

void add_hob(const Boot& boot, const Op& op, ConditionSet& set) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, 0});
  const std::uint64_t length = std::min<std::uint64_t>(wanted, 0xffff);
  const std::uint32_t type = op.number & 0xffff;
  set.add(NullOut, op.null_out);
  set.add(BelowHeader, length < kHeader);
  set.add(TooLong, length > kLengthMax);
  if (op.null_out || length < kHeader || length > kLengthMax) return;
  set.add(TypeEnd, type == EFI_HOB_TYPE_END_OF_HOB_LIST);
  set.add(TypeHandoff, type == EFI_HOB_TYPE_HANDOFF);
  set.add(TypeUnused, type == EFI_HOB_TYPE_UNUSED);
  set.add(TypeMemory, type == EFI_HOB_TYPE_MEMORY_ALLOCATION);
  set.add(TypeResource, type == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR);
  set.add(TypeGuid, type == EFI_HOB_TYPE_GUID_EXTENSION);
  if (type == EFI_HOB_TYPE_END_OF_HOB_LIST || type == EFI_HOB_TYPE_HANDOFF) return;
  set.add(Uneven, length % 8 != 0);
  add_hob_fit(boot, round_up(length, 8), set);
}

// --- what writes memory, the steps of a boot, its boards
// ------------------------------------------

void add_owner(const OwnedRange& to, ConditionSet& set) {
  set.add(NotOwned, to.owner == nullptr);
  if (to.owner == nullptr) return;
  set.add(IntoPages, to.owner->kind == Result::Pages);
  set.add(IntoPool, to.owner->kind == Result::Pool);
  set.add(IntoHob, to.owner->kind == Result::Hob);
}

void add_write(const Boot& boot, const Op& op, ConditionSet& set) {
  const bool names_pages = op.code == OpCode::PeimWrite && op.place.anchor == Anchor::NameOfPages;
  if (names_pages && name_of_pages(boot.now(), op.place.index).size != 0) return;
  const OwnedRange to = owned_range(boot.now(), op.place);
  add_owner(to, set);
  set.add(ZeroLength, to.owner != nullptr && owned_length(boot.now(), op, to.rest) == 0);
}

void add_copy(const Boot& boot, const Op& op, ConditionSet& set) {
  const OwnedRange to = owned_range(boot.now(), op.place);
  const OwnedRange from = owned_range(boot.now(), op.source);
  set.add(NotOwned, to.owner == nullptr || from.owner == nullptr);
  if (to.owner == nullptr || from.owner == nullptr) return;
  add_owner(to, set);
  const std::uint64_t length = owned_length(boot.now(), op, std::min(to.rest, from.rest));
  set.add(ZeroLength, length == 0);
  if (length == 0) return;
  set.add(SamePlace, to.address() == from.address());
  set.add(OverlapUp, to.address() > from.address() && to.address() - from.address() < length);
  set.add(OverlapDown, from.address() > to.address() && from.address() - to.address() < length);
  set.add(Apart, !Region{to.address(), length}.overlaps({from.address(), length}));
}

void add_board(const Boot& boot, ConditionSet& set) {
  const BoardProfile& profile = boot.board.profile();
  set.add(PlatformMoves, profile.has(kPlatformMoves));
  set.add(SecDataKept, profile.hole_bytes() != 0);
  set.add(StackApart, profile.stack_is_outside());
}

void add_install(const Boot& boot, const Op& op, ConditionSet& set) {
  const ResolvedAddress spot = resolve_place(boot.now(), op.place);
  const std::uint64_t length =
      resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, spot.rest, 0});
  const BoardProfile& profile = boot.board.profile();
  const bool wraps = length != 0 && spot.address + length <= spot.address;
  set.add(Later, boot.model.phase != Phase::Temporary);
  set.add(ZeroLength, length == 0);
  set.add(TooLong, wraps);
  if (length == 0 || wraps) return;
  const Region memory{spot.address, length};
  const bool over = memory.overlaps(profile.temporary_ram) || memory.overlaps(profile.stack);
  set.add(OverTemporaryRam, over);
  if (over || boot.board.region_of(memory.base).size == 0) return;
  const std::uint64_t needed = needed_memory(boot.now());
  set.add(Uneven, memory.base % kPage != 0 || memory.size % kPage != 0);
  set.add(TooSmall, memory.size < profile.stack.size + boot.snapshot.bytes.size() +
                                      temporary_page_bytes(boot.now()));
  set.add(JustEnough, memory.size == needed);
  set.add(Above4GiB, memory.end() > k4GiB);
  set.add(BelowTemporaryRam, memory.base < profile.temporary_ram.base);
  add_board(boot, set);
}

void add_return(const Boot& boot, ConditionSet& set) {
  set.add(NothingInstalled, boot.model.phase != Phase::Window);
  if (boot.model.phase == Phase::Window) add_board(boot, set);
}

void add_hand_off(const Boot& boot, ConditionSet& set) {
  set.add(InTheWindow, boot.model.phase == Phase::Window);
  set.add(NothingInstalled, boot.model.phase == Phase::Temporary);
  set.add(NoCpuHob, boot.model.phase == Phase::Permanent && !has_cpu_hob(boot.snapshot));
}

// Of the ops that neither take nor give memory.
void add_other(const Boot& boot, const Op& op, ConditionSet& set) {
  switch (op.code) {
    case OpCode::CopyMem:
      return add_copy(boot, op, set);
    case OpCode::SetMem:
    case OpCode::PeimWrite:
      return add_write(boot, op, set);
    case OpCode::GetHobList:
    case OpCode::GetBootMode:
      return set.add(NullOut, op.null_out);
    case OpCode::InstallPeiMemory:
      return add_install(boot, op, set);
    case OpCode::ReturnToDispatcher:
      return add_return(boot, set);
    case OpCode::HandOff:
      return add_hand_off(boot, set);
    default:
      return;
  }
}

}  // namespace

std::string_view condition_name(Condition condition) {
  return kNames[static_cast<std::size_t>(condition)];
}

Conditions conditions_of(const Boot& boot, const Op& op) {
  ConditionSet set;
  add_state(boot, set);
  add_live(boot, set);
  switch (op.code) {
    case OpCode::AllocatePages:
      add_pages(boot, op, set);
      break;
    case OpCode::FreePages:
      add_release(boot, op, set);
      break;
    case OpCode::AllocatePool:
      add_pool(boot, op, set);
      break;
    case OpCode::CreateHob:
      add_hob(boot, op, set);
      break;
    default:
      add_other(boot, op, set);
      break;
  }
  return set.all;
}

Conditions conditions_of_entry(const Boot& boot) {
  const BoardProfile& profile = boot.board.profile();
  ConditionSet set;
  add_board(boot, set);
  set.add(SecHobsGiven, profile.has(kSecHobs));
  set.add(InMemory, profile.has(kInMemory));
  set.add(HeapTooSmall, profile.has(kMustDecline));
  set.add(ListFull, profile.heap.size < kHeapForAll);
  return set.all;
}

}  // namespace hobnail::oracle
