/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The HOB list: appending, and the slots in which the pages' records stand.
 *
 *   PHIT | HOB | record | pool | UNUSED | ... | END |  room ...  | EfiFreeMemoryTop
 *                         a slot again ---'           ^ EfiFreeMemoryBottom
 *
 * A slot is an UNUSED HOB of 48 bytes, whoever left it, or 48 bytes of the room. The newest UNUSED
 * one is taken first. Invariant: EfiFreeMemoryBottom is the byte after END; a HOB keeps its place
 * and length.
 */
#include <string.h>

#include "properties/targets/first_fit/first_fit.h"

#define SLOT ((uint16_t)sizeof(EFI_HOB_MEMORY_ALLOCATION))

static const EFI_GUID kStackName = {
    0x4ed4bf27, 0x4092, 0x42e9, {0x80, 0x7d, 0x52, 0x7b, 0x1d, 0x00, 0xc9, 0xbd}};

static void put_end(uint64_t address) {
  const EFI_HOB_GENERIC_HEADER end = {EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof end, 0};
  memcpy(at(address), &end, sizeof end);
  g_boot.phit->EfiEndOfHobList = address;
  g_boot.phit->EfiFreeMemoryBottom = address + sizeof end;
}

void start_list(range memory) {
  EFI_HOB_HANDOFF_INFO_TABLE* const phit = at(memory.base);
  memset(phit, 0, sizeof *phit);
  phit->Header.HobType = EFI_HOB_TYPE_HANDOFF;
  phit->Header.HobLength = sizeof *phit;
  phit->Version = EFI_HOB_HANDOFF_TABLE_VERSION;
  phit->EfiMemoryBottom = memory.base;
  phit->EfiMemoryTop = memory.end;
  phit->EfiFreeMemoryTop = memory.end;
  g_boot.phit = phit;
  put_end(memory.base + sizeof *phit);
}

uint64_t list_room(void) {
  return g_boot.phit->EfiFreeMemoryTop - g_boot.phit->EfiFreeMemoryBottom;
}

EFI_HOB_GENERIC_HEADER* append_hob(uint16_t type, uint16_t length) {
  EFI_HOB_GENERIC_HEADER* const hob = at(g_boot.phit->EfiEndOfHobList);
  put_end(g_boot.phit->EfiEndOfHobList + length); /* first: the new END lies behind the new HOB */
  hob->HobType = type;
  hob->HobLength = length;
  hob->Reserved = 0;
  return hob;
}

/* The newest UNUSED slot, and how many there are. */
static uint32_t find_slots(uint64_t* count) {
  const uint8_t* const list = (const uint8_t*)g_boot.phit;
  const uint64_t end = g_boot.phit->EfiEndOfHobList - address_of(list);
  uint32_t newest = NO_HOB;
  *count = 0;
  for (uint32_t offset = 0; offset < end;) {
    EFI_HOB_GENERIC_HEADER hob;
    memcpy(&hob, list + offset, sizeof hob);
    if (hob.HobLength < sizeof hob) break; /* overwritten: nothing beyond is known */
    if (hob.HobType == EFI_HOB_TYPE_UNUSED && hob.HobLength == SLOT) {
      newest = offset;
      ++*count;
    }
    offset += hob.HobLength;
  }
  return newest;
}

/* The new stack will need a record, unless it has SEC's; so will what lies above pages that moved
   to the next granule. */
uint32_t slots_kept(void) {
  if (!g_boot.window) return 0;
  return (g_boot.stack_hob == NO_HOB ? 1U : 0U) + (is_moved_by_granules() ? 1U : 0U);
}

/* What is left for others when the gap has `room` bytes. */
uint64_t slots_left(uint64_t room) {
  uint64_t unused = 0;
  find_slots(&unused);
  const uint64_t slots = unused + room / SLOT;
  return slots > slots_kept() ? slots - slots_kept() : 0;
}

uint32_t take_slot(void) {
  uint64_t unused = 0;
  const uint32_t newest = find_slots(&unused);
  if (newest != NO_HOB) return newest;
  const EFI_HOB_GENERIC_HEADER* const hob = append_hob(EFI_HOB_TYPE_UNUSED, SLOT);
  return (uint32_t)(address_of(hob) - address_of(g_boot.phit));
}

void retire_slot(uint32_t offset) {
  EFI_HOB_GENERIC_HEADER* const hob = at(address_of(g_boot.phit) + offset);
  hob->HobType = EFI_HOB_TYPE_UNUSED;
}

/* The owner of pages may have named their record: it keeps the name wherever they move. */
static bool describes_the_same(const EFI_HOB_MEMORY_ALLOCATION* old, range pages, uint32_t type) {
  return old->Header.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION && old->MemoryType == type &&
         type != EfiConventionalMemory && old->MemoryLength == size_of(pages) &&
         memcmp(&old->Name, &kStackName, sizeof kStackName) != 0;
}

void write_record(uint32_t offset, range pages, uint32_t type, const EFI_GUID* name) {
  EFI_HOB_MEMORY_ALLOCATION hob;
  EFI_HOB_MEMORY_ALLOCATION old;
  memcpy(&old, at(address_of(g_boot.phit) + offset), sizeof old);
  memset(&hob, 0, sizeof hob);
  hob.Header.HobType = EFI_HOB_TYPE_MEMORY_ALLOCATION;
  hob.Header.HobLength = SLOT;
  if (name != NULL) hob.Name = *name;
  if (name == NULL && describes_the_same(&old, pages, type)) hob.Name = old.Name;
  hob.MemoryBaseAddress = pages.base;
  hob.MemoryLength = size_of(pages);
  hob.MemoryType = type;
  memcpy(at(address_of(g_boot.phit) + offset), &hob, sizeof hob);
}

void write_stack_record(range stack) {
  if (g_boot.stack_hob == NO_HOB) g_boot.stack_hob = take_slot();
  write_record(g_boot.stack_hob, stack, EfiBootServicesData, &kStackName);
}

EFI_STATUS create_hob(uint16_t type, uint32_t length, void** hob) {
  if (hob == NULL || type == EFI_HOB_TYPE_END_OF_HOB_LIST || type == EFI_HOB_TYPE_HANDOFF) {
    return EFI_INVALID_PARAMETER;
  }
  if (length > 0xfff8) return EFI_OUT_OF_RESOURCES;
  if (length < sizeof(EFI_HOB_GENERIC_HEADER)) length = sizeof(EFI_HOB_GENERIC_HEADER);
  const uint16_t bytes = (uint16_t)up8(length);
  /* In the window some slots are kept: UNUSED ones, or room that is left over. */
  uint64_t unused = 0;
  find_slots(&unused);
  const uint64_t kept = slots_kept() > unused ? (slots_kept() - unused) * SLOT : 0;
  if (list_room() < bytes + kept && !return_pages_to_gap(bytes + kept - list_room())) {
    return EFI_OUT_OF_RESOURCES;
  }
  *hob = append_hob(type, bytes);
  return EFI_SUCCESS;
}
