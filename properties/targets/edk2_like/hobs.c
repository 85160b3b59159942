/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The HOB list: grows upward from the PHIT, and recycles its UNUSED HOBs of 48 bytes.
 */
#include <string.h>

#include "properties/targets/edk2_like/pei.h"

static const uint8_t kStackGuid[16] = {0x27, 0xbf, 0xd4, 0x4e, 0x92, 0x40, 0xe9, 0x42,
                                       0x80, 0x7d, 0x52, 0x7b, 0x1d, 0x00, 0xc9, 0xbd};

/* A list that was overwritten would be walked for ever: said aloud. */
static void check_step(const hob* at) {
  if (at->length == 0) pei.host->stop(__FILE__, __LINE__, "endless walk: a HOB of length 0");
}

hob* first_hob(void) { return &pei.phit->header; }

hob* next_hob(hob* at) {
  check_step(at);
  hob* const next = (hob*)(void*)((uint8_t*)at + at->length);
  return next->type == TYPE_END ? NULL : next;
}

/* A platform can create a shorter one, whose fields would be read from whatever follows. */
static bool is_memory(const hob* at) {
  return at->type == TYPE_MEMORY && (has(Q_SHORT) || at->length >= sizeof(memory_hob));
}

static memory_hob* memory_from(hob* at) {
  while (at != NULL && !is_memory(at)) at = next_hob(at);
  return (memory_hob*)(void*)at;
}

memory_hob* first_memory(void) { return memory_from(first_hob()); }
memory_hob* next_memory(memory_hob* at) { return memory_from(next_hob(&at->header)); }

/* Index of the first record at `offset` or above. */
static uint32_t lower_bound(uint32_t offset) {
  uint32_t from = 0;
  uint32_t to = pei.record_count;
  while (from < to) {
    const uint32_t middle = from + (to - from) / 2;
    if (pei.records[middle] < offset) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

static uint32_t offset_of(const memory_hob* at) {
  return (uint32_t)(address(at) - address(pei.phit));
}

bool is_record(const memory_hob* at) {
  const uint32_t i = lower_bound(offset_of(at));
  return i < pei.record_count && pei.records[i] == offset_of(at);
}

static void remember(const memory_hob* at) {
  const uint32_t i = lower_bound(offset_of(at));
  if (is_record(at) || pei.record_count == RECORDS_MAX) return;
  memmove(&pei.records[i + 1], &pei.records[i], (pei.record_count - i) * sizeof pei.records[0]);
  pei.records[i] = offset_of(at);
  ++pei.record_count;
}

static void forget(const memory_hob* at) {
  const uint32_t i = lower_bound(offset_of(at));
  if (!is_record(at)) return;
  --pei.record_count;
  memmove(&pei.records[i], &pei.records[i + 1], (pei.record_count - i) * sizeof pei.records[0]);
}

static hob* unused_slot(void) {
  for (hob* at = first_hob(); at != NULL; at = next_hob(at)) {
    if (at->type == TYPE_UNUSED && at->length == sizeof(memory_hob)) return at;
  }
  return NULL;
}

static uint64_t unused_slots(void) {
  uint64_t count = 0;
  for (hob* at = first_hob(); at != NULL; at = next_hob(at)) {
    if (at->type == TYPE_UNUSED && at->length == sizeof(memory_hob)) ++count;
  }
  return count;
}

/* What may still be appended, the migration's own records not counted off. */
static uint64_t list_room(void) {
  const uint64_t gap = pei.phit->free_top - pei.phit->free_bottom;
  if (!window() || has(H6)) return gap;
  const uint64_t floor = window_floor();
  const uint64_t top = pei.physical_top + kept_slots() * sizeof(memory_hob);
  return least(gap, top > floor ? top - floor : 0);
}

uint64_t kept_slots(void) {
  if (!window() || has(Q_STACK)) return 0;
  const uint64_t pages = pei.phit->memory_top - pei.phit->free_top;
  /* The new stack's; and that of the padding, when runtime pages must keep their alignment. */
  return !has(H20) && pei.granularity > PAGE && pages >= pei.granularity ? 2 : 1;
}

uint64_t free_slots(void) {
  if (pei.record_count + 3 > RECORDS_MAX) return 0;
  const uint64_t slots = unused_slots() + list_room() / sizeof(memory_hob);
  return slots > kept_slots() ? slots - kept_slots() : 0;
}

static hob* append(uint16_t type, uint16_t length) {
  const uint16_t rounded = (uint16_t)(((uint32_t)length + 7) & 0xfff8);
  if (pei.phit->free_top - pei.phit->free_bottom < rounded) return NULL;
  hob* const made = (hob*)(void*)pointer(pei.phit->end_of_list);
  made->type = type;
  made->length = rounded;
  made->reserved = 0;
  hob* const end = (hob*)(void*)((uint8_t*)made + rounded);
  end->type = TYPE_END;
  end->length = sizeof(hob);
  end->reserved = 0;
  pei.phit->end_of_list = address(end);
  pei.phit->free_bottom = address(end + 1);
  return made;
}

memory_hob* build_record(uint64_t base, uint64_t length, uint32_t type) {
  hob* slot = unused_slot();
  if (slot == NULL) slot = append(TYPE_MEMORY, sizeof(memory_hob));
  ASSERT(slot != NULL);
  if (slot == NULL) return NULL;
  memory_hob* const made = (memory_hob*)(void*)slot;
  made->header.type = TYPE_MEMORY;
  memset(made->name, 0, sizeof made->name);
  made->base = base;
  made->length = length;
  made->type = type;
  memset(made->reserved, 0, sizeof made->reserved);
  remember(made);
  return made;
}

/* No caller may free a named one. */
void name_stack(memory_hob* at) {
  memcpy(at->name, kStackGuid, sizeof at->name);
  forget(at);
}

void create_phit(uint64_t base, uint64_t size) {
  pei.phit = (phit_hob*)(void*)pointer(base);
  memset(pei.phit, 0, sizeof *pei.phit);
  pei.phit->header.type = TYPE_PHIT;
  pei.phit->header.length = sizeof *pei.phit;
  pei.phit->version = 9;
  pei.phit->memory_bottom = base;
  pei.phit->memory_top = base + size;
  if (pei.policy == BOTTOM_UP) pei.phit->memory_top = align_down(base + size, PAGE);
  pei.phit->free_top = pei.phit->memory_top;
  pei.phit->end_of_list = base + sizeof *pei.phit;
  pei.phit->free_bottom = pei.phit->end_of_list + sizeof(hob);
  hob* const end = (hob*)(void*)pointer(pei.phit->end_of_list);
  end->type = TYPE_END;
  end->length = sizeof(hob);
  end->reserved = 0;
}

/* As EDK II: no length of SEC's is doubted. */
bool append_sec_hobs(const hob* list) {
  for (const hob* at = list; at->type != TYPE_END;) {
    hob* const made = append(at->type, at->length);
    if (made == NULL) return false;
    memcpy(made, at, at->length);
    at = (const hob*)(const void*)((const uint8_t*)at + at->length);
  }
  return true;
}

/* In the window a HOB must leave room for the stack's, here and where the list will go. */
static bool fits(uint64_t bytes) {
  if (!window() || (has(H6) && has(Q_STACK))) return true;
  const uint64_t unused = unused_slots();
  const uint64_t kept = kept_slots() > unused ? kept_slots() - unused : 0;
  const uint64_t room = list_room();
  return bytes <= room && room - bytes >= kept * sizeof(memory_hob);
}

status_t EFIAPI create_hob(const void* services, uint16_t type, uint16_t length, void** out) {
  (void)services;
  if (out == NULL) return INVALID_PARAMETER;
  *out = has(H23) ? pei.phit : NULL;
  if (length > 0xfff8) return INVALID_PARAMETER;
  if (!has(Q_TYPES) && (type == TYPE_PHIT || type == TYPE_END)) return INVALID_PARAMETER;
  if (!has(H4) && length == 0) return INVALID_PARAMETER;
  if (pei.policy == BOTTOM_UP && length < sizeof(hob)) return INVALID_PARAMETER;
  if (!fits(align_up(length, 8))) return OUT_OF_RESOURCES;
  hob* const made = append(type, length);
  if (made == NULL) return OUT_OF_RESOURCES;
  *out = made;
  return SUCCESS;
}

status_t EFIAPI allocate_pool(const void* services, uintptr_t size, void** buffer) {
  if (!has(Q_NULL) && buffer == NULL) return INVALID_PARAMETER;
  if (size > 0xfff0) return OUT_OF_RESOURCES;
  void* made = NULL;
  const status_t status = create_hob(services, TYPE_POOL, (uint16_t)(sizeof(hob) + size), &made);
  *buffer = status == SUCCESS ? (void*)((hob*)made + 1) : NULL;
  return status;
}
