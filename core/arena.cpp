// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The order of recycling is EDK II's (docs/pei-semantics.md 2.4): the first unused slot in
// list order, and the end of the list when there is none.
#include "core/arena.h"

#include "core/guid.h"
#include "core/pi/memory_type_information.h"

namespace pei {
namespace {

constexpr EFI_GUID kNoName = {};

void write_header(EFI_HOB_GENERIC_HEADER& hob, UINT16 type, UINT16 length_bytes) {
  hob = {type, length_bytes, 0};
}

void write_record(EFI_HOB_GENERIC_HEADER& hob, const AddressRange& range, EFI_MEMORY_TYPE type,
                  const EFI_GUID& name) {
  write_header(hob, EFI_HOB_TYPE_MEMORY_ALLOCATION, kSlotBytes);
  reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION&>(hob).AllocDescriptor = {
      name, range.base(), range.size_bytes(), type, {}};
}

// The bytes of the slots that must be appended when `unused` are there and `wanted` are needed.
constexpr UINT64 bytes_beyond(UINT64 unused, UINT64 wanted) {
  return wanted > unused ? (wanted - unused) * kSlotBytes : 0;
}

}  // namespace

Arena::Arena(EFI_HOB_HANDOFF_INFO_TABLE& phit, ListNotes& notes) : phit_(phit), notes_(notes) {
  const UINT64 first = address_of(&phit);
  PEI_ASSERT(phit.EfiEndOfHobList >= first + sizeof(phit));
  PEI_ASSERT(is_aligned(phit.EfiEndOfHobList, kHobAlignmentBytes));
  PEI_ASSERT(phit.EfiFreeMemoryBottom > phit.EfiEndOfHobList);
  PEI_ASSERT(phit.EfiFreeMemoryBottom - phit.EfiEndOfHobList == sizeof(EFI_HOB_GENERIC_HEADER));
  PEI_ASSERT(phit.EfiFreeMemoryBottom <= phit.EfiFreeMemoryTop);
  PEI_ASSERT(phit.EfiFreeMemoryTop <= phit.EfiMemoryTop);
}

Arena Arena::create(const AddressRange& heap, ListNotes& notes) {
  PEI_ASSERT(heap.size_bytes() >= kShortestListBytes);
  auto& phit = *at_address<EFI_HOB_HANDOFF_INFO_TABLE>(heap.base());
  const UINT64 end_of_list = heap.base() + sizeof(phit);
  phit = {{EFI_HOB_TYPE_HANDOFF, sizeof(phit), 0},
          EFI_HOB_HANDOFF_TABLE_VERSION,
          BOOT_WITH_FULL_CONFIGURATION,
          heap.end(),
          heap.base(),
          heap.end(),
          heap.base() + kShortestListBytes,
          end_of_list};
  write_header(*at_address<EFI_HOB_GENERIC_HEADER>(end_of_list), EFI_HOB_TYPE_END_OF_HOB_LIST,
               sizeof(EFI_HOB_GENERIC_HEADER));
  notes = {};
  return Arena(phit, notes);
}

HobList Arena::list() const {
  return HobList(reinterpret_cast<const UINT8*>(&phit_), static_cast<UINTN>(list_bytes()));
}

UINT64 Arena::list_bytes() const { return phit_.EfiFreeMemoryBottom - address_of(&phit_); }

UINT64 Arena::gap_bytes() const { return phit_.EfiFreeMemoryTop - phit_.EfiFreeMemoryBottom; }

AddressRange Arena::pages() const {
  return AddressRange::between(phit_.EfiFreeMemoryTop, phit_.EfiMemoryTop);
}

Maybe<UINT64> Arena::growth_for_slots(UINT32 slots, UINT32 gained, UINT32 spare) const {
  const UINT64 unused = UINT64{notes_.unused} + gained;
  if (bytes_beyond(unused, UINT64{slots} + spare) > gap_bytes()) return {};
  return bytes_beyond(unused, slots);
}

Maybe<UINT64> Arena::growth_for_hob(UINT16 length_bytes, UINT32 spare) const {
  if (length_bytes + bytes_beyond(notes_.unused, spare) > gap_bytes()) return {};
  return length_bytes;
}

EFI_HOB_GENERIC_HEADER& Arena::append(UINT16 type, UINT16 length_bytes) {
  PEI_ASSERT(length_bytes >= sizeof(EFI_HOB_GENERIC_HEADER));
  PEI_ASSERT(length_bytes % kHobAlignmentBytes == 0 && length_bytes <= gap_bytes());
  const UINT64 start = phit_.EfiEndOfHobList;
  auto& hob = *at_address<EFI_HOB_GENERIC_HEADER>(start);
  write_header(hob, type, length_bytes);
  write_header(*at_address<EFI_HOB_GENERIC_HEADER>(start + length_bytes),
               EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof(EFI_HOB_GENERIC_HEADER));
  phit_.EfiEndOfHobList = start + length_bytes;
  phit_.EfiFreeMemoryBottom = phit_.EfiEndOfHobList + sizeof(EFI_HOB_GENERIC_HEADER);
  // A PEIM that creates an UNUSED HOB of this length gives us a slot.
  if (type == EFI_HOB_TYPE_UNUSED && length_bytes == kSlotBytes) {
    add_unused(static_cast<UINTN>(start - address_of(&phit_)));
  }
  return hob;
}

void Arena::record(const AddressRange& range, EFI_MEMORY_TYPE type) {
  write_record(take_slot(), range, type, name_of(type));
}

void Arena::record_part(UINTN offset, const AddressRange& range, EFI_MEMORY_TYPE type) {
  const EFI_GUID name = name_of_part(offset, type);
  write_record(take_slot(), range, type, name);
}

void Arena::record_named(const AddressRange& range, EFI_MEMORY_TYPE type, const EFI_GUID& name) {
  const bool has_room = gap_bytes() >= kSlotBytes;
  write_record(has_room ? append(EFI_HOB_TYPE_MEMORY_ALLOCATION, kSlotBytes) : take_slot(), range,
               type, name);
}

void Arena::rewrite(UINTN offset, const AddressRange& range, EFI_MEMORY_TYPE type) {
  auto& allocation = reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION&>(hob_at(offset)).AllocDescriptor;
  allocation.Name = name_of(type);
  allocation.MemoryBaseAddress = range.base();
  allocation.MemoryLength = range.size_bytes();
  allocation.MemoryType = type;
}

void Arena::move_record(UINTN offset, UINT64 base) {
  reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION&>(hob_at(offset)).AllocDescriptor.MemoryBaseAddress =
      base;
}

void Arena::retire(UINTN offset) {
  hob_at(offset).HobType = EFI_HOB_TYPE_UNUSED;
  add_unused(offset);
}

void Arena::name_records_of(UINT32 type) { notes_.named_types |= UINT32{1} << type; }

const EFI_GUID& Arena::name_of(EFI_MEMORY_TYPE type) const {
  // Only types of AllocatePages are recorded, and EfiConventionalMemory: all below 32.
  const bool is_named = (notes_.named_types >> type & 1) != 0;
  return is_named ? EFI_MEMORY_TYPE_INFORMATION_GUID : kNoName;
}

EFI_GUID Arena::name_of_part(UINTN offset, EFI_MEMORY_TYPE type) {
  const EFI_GUID name =
      reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION&>(hob_at(offset)).AllocDescriptor.Name;
  const bool is_ours =
      same_guid(name, kNoName) || same_guid(name, EFI_MEMORY_TYPE_INFORMATION_GUID);
  return is_ours ? name_of(type) : name;
}

EFI_HOB_GENERIC_HEADER& Arena::hob_at(UINTN offset) {
  PEI_ASSERT(list().at(offset));
  return *at_address<EFI_HOB_GENERIC_HEADER>(address_of(&phit_) + offset);
}

EFI_HOB_GENERIC_HEADER& Arena::take_slot() {
  if (notes_.unused > 0) {
    const Maybe<UINTN> slot = list().find(EFI_HOB_TYPE_UNUSED, kSlotBytes, notes_.first_offset);
    PEI_ASSERT(slot);
    notes_.unused -= 1;
    notes_.first_offset = *slot + kSlotBytes;
    return hob_at(*slot);
  }
  return append(EFI_HOB_TYPE_MEMORY_ALLOCATION, kSlotBytes);
}

void Arena::add_unused(UINTN offset) {
  if (notes_.unused == 0 || offset < notes_.first_offset) {
    notes_.first_offset = offset;
  }
  notes_.unused += 1;
}

void RecordWalk::skip_others() {
  record_ = nullptr;
  for (; walk_.on_hob(); walk_.advance()) {
    record_ = as_memory_allocation(walk_.hob());
    if (record_ != nullptr) return;
  }
  PEI_ASSERT(!walk_.is_broken());
}

}  // namespace pei
