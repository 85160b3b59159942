/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * To permanent memory, by copying (docs/pei-semantics.md 3.3), or from what the platform has
 * copied. Ascending, as it will be: new stack, holes, HOB list, gap, pages of temporary RAM, pages
 * of the window.
 */
#include <string.h>

#include "properties/targets/edk2_like/pei.h"

#define STACK_MAX ((uint64_t)0x20000) /* PcdPeiCoreMaxPeiStackSize */

static uint64_t new_stack_size(uint64_t length) {
  return least(STACK_MAX, align_up(length / 2, PAGE));
}

static bool stack_in_temporary_ram(void) {
  const uint64_t from = address(pei.sec.temporary_ram);
  const uint64_t stack = address(pei.sec.stack);
  return stack >= from && stack + pei.sec.stack_size <= from + pei.sec.temporary_ram_size;
}

static uint64_t hole_size(void) {
  const uint64_t hole = (uint64_t)pei.sec.temporary_ram_size - pei.sec.heap_size;
  if (!has(H7) && !stack_in_temporary_ram()) return hole;
  return hole - pei.sec.stack_size;
}

static bool by_platform(void) { return pei.mover != NULL && stack_in_temporary_ram(); }

static uint64_t page_bytes(void) { return pei.phit->memory_top - pei.phit->free_top; }

/* True when pages of temporary RAM may only move by whole granules. */
static bool keeps_granules(void) {
  return !has(H20) && pei.granularity > PAGE && page_bytes() >= pei.granularity;
}

static uint64_t needed(uint64_t length) {
  const uint64_t list = pei.phit->free_bottom - address(pei.phit);
  const uint64_t granule = keeps_granules() ? pei.granularity : 0;
  uint64_t above = align_up(hole_size(), 8) + 8 + list + 2 * sizeof(memory_hob);
  /* The platform brings all of temporary RAM; its stack goes into the new one. */
  const uint64_t image = pei.sec.temporary_ram_size - pei.sec.stack_size;
  if (by_platform() && above < image) above = image;
  return new_stack_size(length) + above + align_up(page_bytes(), PAGE) + granule;
}

uint64_t window_floor(void) { return pei.begin + needed(pei.length); }

static bool overlaps(uint64_t begin, uint64_t length, const void* base, uint64_t size) {
  return begin < address(base) + size && address(base) < begin + length;
}

static bool is_slot(const hob* at) {
  return at->type == TYPE_UNUSED && at->length == sizeof(memory_hob);
}

static bool stack_hob_fits(void) {
  if (pei.phit->free_top - pei.phit->free_bottom >= 2 * sizeof(memory_hob)) return true;
  uint64_t slots = (pei.phit->free_top - pei.phit->free_bottom) / sizeof(memory_hob);
  for (hob* at = first_hob(); at != NULL; at = next_hob(at)) slots += is_slot(at) ? 1 : 0;
  return slots >= (keeps_granules() ? 2 : 1);
}

static status_t judge(uint64_t begin, uint64_t length) {
  if (!has(Q_ZERO) && length < PAGE) return INVALID_PARAMETER;
  if (!has(H45) && begin + length <= begin) return INVALID_PARAMETER;
  if (!has(H17)) {
    if (begin % PAGE != 0) return INVALID_PARAMETER;
    if (overlaps(begin, length, pei.sec.temporary_ram, pei.sec.temporary_ram_size) ||
        overlaps(begin, length, pei.sec.stack, pei.sec.stack_size)) {
      return INVALID_PARAMETER;
    }
  }
  if (!has(H18)) {
    if (new_stack_size(length) < pei.sec.stack_size) return OUT_OF_RESOURCES;
    if (length < needed(length)) return OUT_OF_RESOURCES;
  }
  if (!has(Q_STACK) && !stack_hob_fits()) return OUT_OF_RESOURCES;
  return SUCCESS;
}

status_t EFIAPI install_memory(const void* services, uint64_t begin, uint64_t length) {
  (void)services;
  if (pei.memory_installed || (window() && !has(H5))) {
    if (has(H5)) ASSERT(!pei.memory_installed);
    return SUCCESS;
  }
  if (!has(H17)) length = align_down(length, PAGE);
  const status_t status = judge(begin, length);
  if (status != SUCCESS) return status;
  pei.begin = begin;
  pei.length = length;
  pei.physical_top = begin + length;
  pei.switch_signal = true;
  return SUCCESS;
}

typedef struct move {
  uint64_t from;
  uint64_t bytes;
  uint64_t to;
} move;

static void copy(move what) { memmove(pointer(what.to), pointer(what.from), (size_t)what.bytes); }

/* The pages of temporary RAM go below those of the window. */
static move place_pages(void) {
  const uint64_t size = page_bytes();
  move pages = {pei.phit->free_top, size, pei.physical_top};
  if (size == 0) return pages;
  ASSERT(size <= pei.physical_top);
  pages.to = align_down(pei.physical_top - size, PAGE);
  if (keeps_granules()) {
    pages.to -= (pages.to - pages.from) % pei.granularity;
    const uint64_t end = align_up(pages.to + size, PAGE);
    if (end < pei.physical_top) build_record(end, pei.physical_top - end, CONVENTIONAL);
  }
  ASSERT(pages.to >= pei.begin);
  pei.physical_top = pages.to;
  return pages;
}

/* What lies in temporary RAM beside heap and stack, packed above the new stack. */
static void move_holes(uint64_t to) {
  const uint64_t heap = address(pei.sec.heap);
  const uint64_t stack = address(pei.sec.stack);
  const bool heap_low = heap < stack;
  const uint64_t low = heap_low ? heap : stack;
  const uint64_t low_end = low + (heap_low ? pei.sec.heap_size : pei.sec.stack_size);
  const uint64_t high = heap_low ? stack : heap;
  const uint64_t high_end = high + (heap_low ? pei.sec.stack_size : pei.sec.heap_size);
  const uint64_t base = address(pei.sec.temporary_ram);
  const uint64_t end = base + pei.sec.temporary_ram_size;
  const uint64_t edges[6] = {base, low, low_end, high, high_end, end};
  for (int i = 0; i < 6; i += 2) {
    /* A stack apart from temporary RAM bounds nothing. */
    const uint64_t from = edges[i] < base ? base : edges[i];
    const uint64_t upto = least(edges[i + 1], end);
    if (from >= upto) continue;
    copy((move){from, upto - from, to});
    to += upto - from;
  }
}

static void convert_records(move pages) {
  for (memory_hob* at = first_memory(); at != NULL; at = next_memory(at)) {
    if (!has(H24) && !is_record(at)) continue;
    if (at->base - pages.from < pages.bytes) at->base += pages.to - pages.from;
  }
}

/* Gives the base of the new list; 0 when the boot cannot go on. */
static uint64_t copy_all(uint64_t stack_top, move pages) {
  const uint64_t hole = hole_size();
  const uint64_t used = pei.phit->free_bottom - pei.phit->memory_bottom;
  const uint64_t heap = hole == 0 ? stack_top : align_up(stack_top + hole, 8);
  ASSERT(heap + used <= pei.physical_top);
  copy(pages);
  copy((move){pei.phit->memory_bottom, used, heap});
  copy((move){address(pei.sec.stack), pei.sec.stack_size, stack_top - pei.sec.stack_size});
  if (hole != 0) move_holes(stack_top);
  return heap;
}

/* The pages go on from where the platform has put them with the heap. */
static uint64_t have_all_copied(const void* services, uint64_t stack_top, move pages) {
  const uint64_t in_heap = pages.from - pei.phit->memory_bottom;
  const uint64_t heap = have_moved(services, stack_top);
  if (heap != 0) copy((move){heap + in_heap, pages.bytes, pages.to});
  return heap;
}

bool migrate(const void* services) {
  const uint64_t stack_size = new_stack_size(pei.length);
  const uint64_t stack_top = pei.begin + stack_size;
  ASSERT(stack_size >= pei.sec.stack_size);
  ASSERT(pei.begin % PAGE == 0 && stack_size % PAGE == 0);
  memory_hob* const stack = build_record(pei.begin, stack_size, BOOT_SERVICES_DATA);
  if (stack != NULL) name_stack(stack);

  const move pages = place_pages();
  const uint64_t old_base = pei.phit->memory_bottom;
  const uint64_t heap =
      by_platform() ? have_all_copied(services, stack_top, pages) : copy_all(stack_top, pages);
  if (heap == 0) return false;
  pei.phit = (phit_hob*)(void*)pointer(heap);
  pei.phit->end_of_list += heap - old_base;
  pei.phit->memory_bottom = pei.begin;
  pei.phit->memory_top = pei.begin + pei.length;
  pei.phit->free_top = pei.physical_top;
  pei.phit->free_bottom = pei.phit->end_of_list + sizeof(hob);
  convert_records(pages);
  pei.memory_installed = true;
  return true;
}
