// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Conditions of what writes memory, of the steps of a boot, and of its boards.
#include <algorithm>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/checks/owned_range.h"
#include "properties/oracle/coverage/condition_sets.h"
#include "properties/oracle/dxe/dxe_view.h"

namespace hobnail::oracle {
namespace {

using enum Condition;

constexpr std::uint64_t k4GiB = std::uint64_t{1} << 32;

void add_owner(const OwnedRange& to, ConditionSet& set) {
  set.add(NotOwned, to.owner == nullptr);
  if (to.owner == nullptr) return;
  set.add(IntoPages, to.owner->kind == Result::Pages);
  set.add(IntoPool, to.owner->kind == Result::Pool);
  set.add(IntoHob, to.owner->kind == Result::Hob);
}

void add_write(const Boot& boot, const Op& op, ConditionSet& set) {
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

}  // namespace

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
