/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * Pages: top-down from the gap; from free HOBs, first fit, when the gap cannot serve.
 */
#include <string.h>

#include "properties/targets/edk2_like/pei.h"

#define SHIFT 12
#define RECORD sizeof(memory_hob)

static bool is_allocatable(uint32_t type) { return type <= 6 || type == 9 || type == 10; }

uint64_t granularity_of(uint32_t type) {
  return type == 0 || type == 5 || type == 6 || type == 10 ? pei.granularity : PAGE;
}

static uint64_t* top(void) { return window() ? &pei.physical_top : &pei.phit->free_top; }

static uint64_t bottom(void) {
  if (!window()) return pei.phit->free_bottom;
  return has(H6) ? pei.begin : window_floor();
}

static bool is_free(const memory_hob* at, bool foreign_too) {
  return at->type == CONVENTIONAL && (foreign_too || is_record(at));
}

/* The tail first, then the head: the order in which they take recycled slots. */
static void split(memory_hob* at, uint64_t base, uint64_t bytes, uint32_t type) {
  const uint64_t old_base = at->base;
  const uint64_t old_end = at->base + at->length;
  if (base + bytes < old_end) build_record(base + bytes, old_end - (base + bytes), at->type);
  if (old_base < base) build_record(old_base, base - old_base, at->type);
  at->base = base;
  at->length = bytes;
  at->type = type;
}

static uint64_t pieces(const memory_hob* at, uint64_t base, uint64_t bytes) {
  return (uint64_t)(at->base != base) + (uint64_t)(at->base + at->length != base + bytes);
}

/* Joins each free HOB to a later neighbour. True when any was joined. */
static bool merge_once(void) {
  bool merged = false;
  for (memory_hob* a = first_memory(); a != NULL; a = next_memory(a)) {
    if (!is_free(a, has(H37))) continue;
    for (memory_hob* b = a; b != NULL; b = next_memory(b)) {
      if (!is_free(b, has(H37))) continue;
      const bool a_first = a->base + a->length == b->base;
      if (!a_first && b->base + b->length != a->base) continue;
      if (a_first) b->base = a->base;
      b->length += a->length;
      a->header.type = TYPE_UNUSED;
      merged = true;
      break;
    }
  }
  return merged;
}

static bool candidate(const memory_hob* at, uint64_t bytes, uint64_t granularity, uint64_t* base) {
  if (at->length < bytes) return false;
  if (pei.policy == BOTTOM_UP) {
    *base = align_up(at->base, granularity);
    return *base >= at->base && *base - at->base <= at->length - bytes;
  }
  *base = align_down(at->base + at->length - bytes, granularity);
  return *base >= at->base;
}

static bool take_free(uint32_t type, uint64_t bytes, uint64_t* memory) {
  for (memory_hob* at = first_memory(); at != NULL; at = next_memory(at)) {
    uint64_t base = 0;
    if (!is_free(at, has(H37)) || !candidate(at, bytes, granularity_of(type), &base)) continue;
    if (!has(H9) && free_slots() < pieces(at, base, bytes)) continue;
    split(at, base, bytes, type);
    *memory = base;
    return true;
  }
  return false;
}

/* Merging is undone when it was of no use. */
static memory_hob saved[RECORDS_MAX];

static void save_records(void) {
  for (uint32_t i = 0; i < pei.record_count; ++i) {
    memcpy(&saved[i], (uint8_t*)pei.phit + pei.records[i], RECORD);
  }
}

static void restore_records(void) {
  for (uint32_t i = 0; i < pei.record_count; ++i) {
    memcpy((uint8_t*)pei.phit + pei.records[i], &saved[i], RECORD);
  }
}

static status_t reuse(uint32_t type, uint64_t bytes, uint64_t* memory) {
  if (take_free(type, bytes, memory)) return SUCCESS;
  if (!has(Q_MERGE)) save_records();
  while (merge_once()) {
    if (take_free(type, bytes, memory)) return SUCCESS;
  }
  if (!has(Q_MERGE)) restore_records();
  return OUT_OF_RESOURCES;
}

/* Everything is known to fit before anything is done. */
static bool take_gap(uint32_t type, uint64_t bytes, uint64_t* memory) {
  const uint64_t lowest = bottom();
  const uint64_t from = align_down(*top(), granularity_of(type));
  const uint64_t padding = align_down(*top() - from, PAGE);
  const uint64_t records = padding == 0 ? 1 : 2;
  if (*top() < lowest || from < lowest || from == 0 || from - lowest < bytes) return false;
  if (from - lowest - bytes < records * RECORD) return false;
  if (window() && !has(H10) && free_slots() < records) return false;
  *top() = from;
  if (padding != 0) build_record(from, padding, CONVENTIONAL);
  *top() -= bytes;
  *memory = *top();
  build_record(*memory, bytes, type);
  return true;
}

/* As EDK II does it: the padding is gone whatever happens next. */
static bool take_gap_carelessly(uint32_t type, uintptr_t* pages, uint64_t* memory) {
  const uint64_t granularity = granularity_of(type);
  const uint64_t padding = *top() % granularity;
  if (*top() - bottom() < padding || *top() - padding == 0) return false;
  if (window() && !has(H10) && free_slots() < (padding >= PAGE ? 2 : 1)) return false;
  *top() -= padding;
  if (padding >= PAGE) build_record(*top(), align_down(padding, PAGE), CONVENTIONAL);
  const uintptr_t granule = (uintptr_t)(granularity >> SHIFT);
  *pages = (*pages + (granule - 1)) & ~(granule - 1);
  const uint64_t room = *top() - bottom();
  const uint64_t rest = room >> SHIFT;
  if (rest < *pages || (rest == *pages && (room & (PAGE - 1)) < RECORD)) return false;
  *top() -= (uint64_t)*pages << SHIFT;
  *memory = *top();
  build_record(*memory, (uint64_t)*pages << SHIFT, type);
  return true;
}

/* False when 64 bits do not count the bytes of so many pages. */
static bool has_bytes(uint64_t pages) { return pages <= UINT64_MAX >> SHIFT; }

/* False when no memory has that many pages. */
static bool round_pages(uint32_t type, uintptr_t* pages) {
  const uintptr_t granule = (uintptr_t)(granularity_of(type) >> SHIFT);
  const uintptr_t rounded = (*pages + (granule - 1)) & ~(granule - 1);
  if (!has(H19) && rounded < *pages) return false;
  if (!has(H2) && !has_bytes(rounded)) return false;
  if (!has(H22)) *pages = rounded;
  return true;
}

status_t EFIAPI allocate_pages(const void* services, uint32_t type, uintptr_t pages,
                               uint64_t* memory) {
  (void)services;
  if (!is_allocatable(type)) return INVALID_PARAMETER;
  if (!has(Q_NULL) && memory == NULL) return INVALID_PARAMETER;
  if (!has(H16) && pages == 0) return INVALID_PARAMETER;
  if (!round_pages(type, &pages)) return OUT_OF_RESOURCES;
  const bool reuse_first = pei.policy == BOTTOM_UP;
  if (reuse_first && take_free(type, (uint64_t)pages << SHIFT, memory)) return SUCCESS;
  if (has(H13)) {
    if (take_gap_carelessly(type, &pages, memory)) return SUCCESS;
  } else {
    const uint64_t granularity = granularity_of(type);
    const bool room = *top() - bottom() >= *top() % granularity;
    if (has(H22) && room)
      pages = (uintptr_t)(align_up((uint64_t)pages << SHIFT, granularity) >> SHIFT);
    if (has_bytes(pages) && take_gap(type, (uint64_t)pages << SHIFT, memory)) return SUCCESS;
  }
  return reuse(type, (uint64_t)pages << SHIFT, memory);
}

/* Pages at the lower edge, and all free HOBs that follow, become part of the gap. */
static void return_to_gap(memory_hob* at) {
  while (at != NULL && at->base == *top()) {
    *top() += at->length;
    at->header.type = TYPE_UNUSED;
    memory_hob* next = first_memory();
    while (next != NULL && !(is_free(next, has(H11)) && next->base == *top())) {
      next = next_memory(next);
    }
    at = next;
  }
}

static memory_hob* free_at_top(void) {
  memory_hob* at = first_memory();
  while (at != NULL && !(is_free(at, false) && at->base == *top())) at = next_memory(at);
  return at;
}

static memory_hob* holder_of(uint64_t memory, uint64_t bytes) {
  for (memory_hob* at = first_memory(); at != NULL; at = next_memory(at)) {
    if (at->type == CONVENTIONAL || (!has(H11) && !is_record(at))) continue;
    if (at->base <= memory && memory + bytes <= at->base + at->length) return at;
  }
  return NULL;
}

status_t EFIAPI free_pages(const void* services, uint64_t memory, uintptr_t pages) {
  (void)services;
  const uint64_t bytes = (uint64_t)pages << SHIFT;
  if (pages == 0 || memory % PAGE != 0 || memory >= memory + bytes - 1) return INVALID_PARAMETER;
  if (!has(H3) && !has_bytes(pages)) return INVALID_PARAMETER;
  if (!has(H1) && memory + bytes < memory) return INVALID_PARAMETER;
  memory_hob* const at = holder_of(memory, bytes);
  if (at == NULL) return NOT_FOUND;
  const uint64_t granularity = granularity_of(at->type);
  if (!has(H21) && (memory % granularity != 0 || bytes % granularity != 0)) {
    return INVALID_PARAMETER;
  }
  if (!has(H9) && free_slots() < pieces(at, memory, bytes)) return OUT_OF_RESOURCES;
  split(at, memory, bytes, CONVENTIONAL);
  if (pei.policy == EDK2) return_to_gap(at);
  if (pei.policy == BOTTOM_UP) {
    while (merge_once()) continue;
    return_to_gap(free_at_top());
  }
  return SUCCESS;
}
