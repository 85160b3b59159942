// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Conditions: what holds of an op before it is run, of its arguments and of the state that it
// meets. With the phase and the reply they make the cells of coverage_table.h.
//
// They are measured from the oracle's side, as resolve.h measures operands: a target may see its
// own gap otherwise, in the window above all.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

struct Boot;

enum class Condition : std::uint8_t {
  Any,  // whatever else
  // The state.
  ListFull,     // no HOB of a page allocation fits into the gap
  UnusedSlot,   // an UNUSED HOB of that size is in the list
  NoPageInGap,  // the gap that pages come from has no whole page
  FreeRecord,   // a HOB says that pages are free
  BinsPresent,  // a resource HOB names bins
  S3Mode,       // the boot mode is S3 resume
  PagesLive,    // pages of temporary RAM are live
  WindowPages,  // pages of permanent memory are live, before the migration
  RuntimeLive,  // pages that stay with the operating system are live
  PoolLive,     // a pool buffer is live
  // Of arguments of several services.
  NullOut,     // nowhere to put the answer
  ZeroLength,  // nothing is asked for
  TooLong,     // more than any memory, or any HOB, holds; or it wraps
  Uneven,      // no multiple of 8 bytes, or of a page where pages are asked for
  ExactFit,    // fits, and no more would
  OneTooMany,  // does not fit, and a page (8 bytes of a HOB) less would
  // AllocatePages.
  TypeRefused,   // of a memory type that cannot be allocated
  HobHasNoRoom,  // the pages would fit, but not with their HOB
  FreeLarger,    // a free HOB holds more pages than are asked for, and none just as many
  FreeEqual,     // one holds just as many
  FreeSmaller,   // there are free HOBs, and all are too small
  Padding,       // the end of the gap is no granule of runtime memory
  // FreePages.
  Whole,
  Head,
  Tail,
  Middle,          // what of a live allocation is freed
  AtTheGap,        // it lies at the gap, which can grow over it
  BesideFree,      // it touches a free HOB's pages
  NoSlotForSplit,  // what stays needs more HOBs than there is room for
  PartOfGranule,   // what stays would be no whole granules of runtime memory
  SeveralAtOnce,   // all live pages, of more than one allocation
  PastTheEnd,      // begins in live pages and leaves them
  DoubleFree,      // was freed before, and not given out since
  Nobodys,         // neither
  OfTemporaryRam,  // in the window: its pages are not yet permanent memory's
  // CreateHob.
  BelowHeader,  // shorter than a HOB's header
  TypeEnd,
  TypeHandoff,
  TypeUnused,
  TypeMemory,
  TypeResource,
  TypeGuid,
  // CopyMem, SetMem, a PEIM's own writes.
  NotOwned,  // no PEIM owns the place
  IntoPages,
  IntoPool,
  IntoHob,
  OverlapUp,    // the destination begins inside the source
  OverlapDown,  // the source begins inside the destination
  SamePlace,    // both begin together
  Apart,
  // InstallPeiMemory.
  Later,  // memory was installed before
  OverTemporaryRam,
  TooSmall,
  JustEnough,  // what the state needs, to the page
  Above4GiB,
  BelowTemporaryRam,
  // Boards; and the dispatcher, the hand-off.
  NothingInstalled,
  PlatformMoves,
  SecDataKept,
  StackApart,
  SecHobsGiven,
  InMemory,
  HeapTooSmall,
  InTheWindow,
  NoCpuHob,
  Count,
};

using Conditions = std::bitset<static_cast<std::size_t>(Condition::Count)>;

// As the table prints it: "freed head".
[[nodiscard]] std::string_view condition_name(Condition condition);

// Of an op that is about to run, while PEI runs. Any always holds.
[[nodiscard]] Conditions conditions_of(const Boot& boot, const Op& op);

// Of the entry, which is no op.
[[nodiscard]] Conditions conditions_of_entry(const Boot& boot);

}  // namespace hobnail::oracle
