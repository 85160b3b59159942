// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Arena: the memory that a PHIT describes, and the two cursors in it that close on each other.
//
//   PHIT                       EfiFreeMemoryBottom     EfiFreeMemoryTop          EfiMemoryTop
//    | HOB | HOB | ... | END |  --> grows   gap   grows <--  | page allocations |
//
// Invariant: the PHIT *is* the state, so nothing can get out of step with it. EfiFreeMemoryBottom
// is always EfiEndOfHobList + 8, and the cursors never pass each other; each Arena asserts that
// once, when it is made, because PEIMs can reach the PHIT. HOBs are only ever appended or retired.
//
// A slot is the room for one memory allocation HOB: an UNUSED HOB of 48 bytes, or 48 bytes of gap.
#pragma once

#include "core/address.h"
#include "core/hob_list.h"
#include "core/maybe.h"
#include "core/pi/hob.h"

namespace pei {

inline constexpr UINT16 kSlotBytes = sizeof(EFI_HOB_MEMORY_ALLOCATION);

// What is remembered beside the list. Only changed by the Arena. The first two spare a walk.
struct ListNotes {
  UINTN unused = 0;        // how many UNUSED HOBs of 48 bytes the list has
  UINTN first_offset = 0;  // no such HOB lies below this offset, at which a HOB starts
  UINT32 named_types = 0;  // bit n: records of memory type n are named, because it has a bin
};

class Arena {
 public:
  // Both must outlive the Arena. Asserts that the cursors are in order.
  Arena(EFI_HOB_HANDOFF_INFO_TABLE& phit, ListNotes& notes);

  // Writes the list of a cold boot, PHIT and END, at the bottom of `heap`, and resets the notes.
  // `heap` is 8-aligned, its end page-aligned, and it has at least kShortestListBytes.
  // docs/pei-semantics.md 2.2.
  static Arena create(const AddressRange& heap, ListNotes& notes);

  [[nodiscard]] EFI_HOB_HANDOFF_INFO_TABLE& phit() const { return phit_; }
  [[nodiscard]] HobList list() const;
  // PHIT to END, END included.
  [[nodiscard]] UINT64 list_bytes() const;
  [[nodiscard]] UINT64 gap_bytes() const;
  // The page allocations, free ones included: [EfiFreeMemoryTop, EfiMemoryTop).
  [[nodiscard]] AddressRange pages() const;

  // Bytes by which the list grows to get `slots` slots when `gained` HOBs of the list are retired
  // before; nothing when it cannot get them and still have `spare` slots left.
  [[nodiscard]] Maybe<UINT64> growth_for_slots(UINT32 slots, UINT32 gained, UINT32 spare) const;
  // The same for a HOB of `length_bytes`, which is appended whatever lies unused.
  [[nodiscard]] Maybe<UINT64> growth_for_hob(UINT16 length_bytes, UINT32 spare) const;

  // Appends a HOB; its body is not cleared. `length_bytes` is a multiple of 8 that fits.
  EFI_HOB_GENERIC_HEADER& append(UINT16 type, UINT16 length_bytes);
  // Records an allocation in the first unused slot of the list, or else in an appended HOB.
  void record(const AddressRange& range, EFI_MEMORY_TYPE type);
  // The same for a part of the allocation that the record at `offset` describes. A name that its
  // owner has written there stays with the part.
  void record_part(UINTN offset, const AddressRange& range, EFI_MEMORY_TYPE type);
  // Appends a named record; uses up a slot only when there is no room to append.
  void record_named(const AddressRange& range, EFI_MEMORY_TYPE type, const EFI_GUID& name);
  // Rewrites the record at `offset` in place.
  void rewrite(UINTN offset, const AddressRange& range, EFI_MEMORY_TYPE type);
  // Gives the record at `offset` another base; everything else of it stays.
  void move_record(UINTN offset, UINT64 base);
  // Makes the record at `offset` an unused slot.
  void retire(UINTN offset);
  // From now on records of `type`, below 32, carry the MemoryTypeInformation GUID as their name.
  void name_records_of(UINT32 type);

 private:
  [[nodiscard]] const EFI_GUID& name_of(EFI_MEMORY_TYPE type) const;
  [[nodiscard]] EFI_GUID name_of_part(UINTN offset, EFI_MEMORY_TYPE type);
  EFI_HOB_GENERIC_HEADER& hob_at(UINTN offset);
  EFI_HOB_GENERIC_HEADER& take_slot();
  void add_unused(UINTN offset);

  EFI_HOB_HANDOFF_INFO_TABLE& phit_;
  ListNotes& notes_;
};

inline constexpr UINT64 kShortestListBytes =
    sizeof(EFI_HOB_HANDOFF_INFO_TABLE) + sizeof(EFI_HOB_GENERIC_HEADER);

// A walk through the core's own list. A list that breaks off was written over: the boot ends.
class RecordWalk {
 public:
  explicit RecordWalk(const Arena& arena) : walk_(arena.list()) { skip_others(); }

  [[nodiscard]] bool on_record() const { return record_ != nullptr; }
  [[nodiscard]] UINTN offset() const { return walk_.offset(); }
  [[nodiscard]] const EFI_HOB_MEMORY_ALLOCATION& record() const { return *record_; }
  void advance() {
    walk_.advance();
    skip_others();
  }

 private:
  void skip_others();

  HobWalk walk_;
  const EFI_HOB_MEMORY_ALLOCATION* record_ = nullptr;
};

}  // namespace pei
