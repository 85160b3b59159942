/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * AllocatePages: first fit from the bottom up.
 *
 *     EfiFreeMemoryTop
 *       |  free  | used | free | used |            the lowest free range that fits, and in it the
 *       ^ 1st              ^ 2nd                   lowest pages
 *
 *   <-- |  free  | used ...                        else the gap gives way: downward, so that the
 *   |new|                                          range at its top and the new pages are one
 *
 * The gap gives kMore pages too many while it has plenty, and takes pages back only when the HOB
 * list has no other room. Invariant: a plan that needs more slots than there are is no plan; what
 * is refused has changed nothing.
 */
#include "properties/targets/first_fit/first_fit.h"

static const uint64_t kMore = 4 * 0x1000;

static bool is_allocatable(uint32_t type) {
  return type <= EfiRuntimeServicesData || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

/* Where pages come from when nothing that was freed fits. */
static range gap(void) {
  if (g_boot.window) return (range){window_floor(), g_boot.window_top};
  return (range){g_boot.phit->EfiFreeMemoryBottom, g_boot.phit->EfiFreeMemoryTop};
}

static void set_gap_top(uint64_t top) {
  if (g_boot.window) {
    g_boot.window_top = top;
  } else {
    g_boot.phit->EfiFreeMemoryTop = top;
  }
}

/* Pages of the gap are temporary until there is permanent memory. */
static bool gap_is_temporary(void) { return !g_boot.window && !is_permanent(); }

/* `given`, of `whole`, which `old` records describe so far or the gap. What is left is free. */
static bool serve(size_t first, size_t old, range whole, page_piece given, bool temporary) {
  page_piece pieces[3];
  size_t count = 0;
  if (whole.base < given.pages.base) {
    pieces[count++] = (page_piece){{whole.base, given.pages.base}, EfiConventionalMemory};
  }
  pieces[count++] = given;
  if (given.pages.end < whole.end) {
    pieces[count++] = (page_piece){{given.pages.end, whole.end}, EfiConventionalMemory};
  }
  const range free_gap = gap();
  const bool from_gap = whole.base < free_gap.end && whole.base >= free_gap.base;
  const uint64_t taken = from_gap && !g_boot.window ? free_gap.end - whole.base : 0;
  if (!can_replace(old, count, list_room() - taken)) return false;
  if (from_gap) set_gap_top(whole.base);
  replace_pages(first, old, pieces, count, temporary);
  return true;
}

static bool serve_from_freed(uint64_t bytes, uint32_t type, uint64_t* memory) {
  for (size_t i = 0; i < count_pages(); ++i) {
    const size_t count = free_run_length(i);
    if (count == 0) continue;
    const range run = {page_at(i)->pages.base, page_at(i + count - 1)->pages.end};
    *memory = up_to(run.base, granule_of(type));
    const page_piece given = {{*memory, *memory + bytes}, type};
    const bool fits = *memory < run.end && run.end - *memory >= bytes;
    if (fits && serve(i, count, run, given, page_at(i)->temporary)) return true;
    i += count - 1;
  }
  return false;
}

/* The free records directly above the gap, and where they end. */
typedef struct upper_run {
  size_t first;
  size_t count;
  uint64_t end;
} upper_run;

static upper_run find_upper_run(void) {
  const uint64_t top = gap().end;
  const size_t first = first_page_from(top);
  const bool touches = first < count_pages() && page_at(first)->pages.base == top;
  const size_t count = touches ? free_run_length(first) : 0;
  return (upper_run){first, count, count == 0 ? top : page_at(first + count - 1)->pages.end};
}

/* Pages that end at `end`, or a little further down, and begin in the gap. */
static bool serve_below(uint64_t end, uint64_t bytes, uint32_t type, uint64_t* memory) {
  const range free_gap = gap();
  if (free_gap.base > free_gap.end || bytes > end - free_gap.base) return false;
  *memory = down_to(end - bytes, granule_of(type));
  if (*memory < free_gap.base || *memory >= free_gap.end) return false;
  const upper_run run = find_upper_run();
  const page_piece given = {{*memory, *memory + bytes}, type};
  return serve(run.first, run.count, (range){*memory, run.end}, given, gap_is_temporary());
}

static bool serve_from_gap(uint64_t bytes, uint32_t type, uint64_t* memory) {
  const range free_gap = gap();
  const uint64_t end = find_upper_run().end;
  const bool plenty = free_gap.base < free_gap.end && bytes + kMore <= size_of(free_gap) / 2;
  if (plenty && serve_below(end - kMore, bytes, type, memory)) return true;
  return serve_below(end, bytes, type, memory) || serve_below(free_gap.end, bytes, type, memory);
}

EFI_STATUS allocate_pages(uint32_t type, uint64_t pages, uint64_t* memory) {
  if (!is_allocatable(type) || memory == NULL) return EFI_INVALID_PARAMETER;
  if (pages == 0 || pages > UINT64_MAX / EFI_PAGE_SIZE / 2) return EFI_OUT_OF_RESOURCES;
  const uint64_t bytes = up_to(pages * EFI_PAGE_SIZE, granule_of(type));
  uint64_t found = 0;
  if (!serve_from_freed(bytes, type, &found) && !serve_from_gap(bytes, type, &found)) {
    return EFI_OUT_OF_RESOURCES;
  }
  *memory = found;
  return EFI_SUCCESS;
}
