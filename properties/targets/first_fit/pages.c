/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * AllocatePages and FreePages: first fit from the bottom up.
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

/* Records from `first` on that are free and adjacent; 0 when the first is not free. */
static size_t run_length(size_t first) {
  if (first >= count_pages() || page_at(first)->type != EfiConventionalMemory) return 0;
  size_t count = 1;
  while (is_free_run(first + count - 1)) ++count;
  return count;
}

/* The pages at the bottom of `whole`, which `old` records describe so far or the gap. */
static bool serve(size_t first, size_t old, range whole, uint64_t bytes, uint32_t type,
                  bool temporary) {
  const uint64_t split = whole.base + bytes;
  const page_piece pieces[] = {{{whole.base, split}, type},
                               {{split, whole.end}, EfiConventionalMemory}};
  const size_t count = split == whole.end ? 1 : 2;
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
    const size_t count = run_length(i);
    if (count == 0) continue;
    const range run = {page_at(i)->pages.base, page_at(i + count - 1)->pages.end};
    *memory = run.base;
    if (size_of(run) >= bytes && serve(i, count, run, bytes, type, page_at(i)->temporary)) {
      return true;
    }
    i += count - 1;
  }
  return false;
}

static bool serve_from_gap(uint64_t bytes, uint32_t type, uint64_t* memory) {
  const range free_gap = gap();
  const size_t first = first_page_from(free_gap.end);
  size_t count = 0; /* of free records directly above the gap */
  if (first < count_pages() && page_at(first)->pages.base == free_gap.end) {
    count = run_length(first);
  }
  const uint64_t end = count == 0 ? free_gap.end : page_at(first + count - 1)->pages.end;
  const uint64_t above = end - free_gap.end;
  if (bytes <= above || free_gap.base > free_gap.end) return false;
  const uint64_t needed = bytes - above;
  if (needed > size_of(free_gap)) return false;
  const bool plenty = needed + kMore <= size_of(free_gap) / 2;
  for (uint64_t more = plenty ? kMore : 0;; more = 0) {
    const range whole = {free_gap.end - needed - more, end};
    *memory = whole.base;
    if (serve(first, count, whole, bytes, type, gap_is_temporary())) return true;
    if (more == 0) return false;
  }
}

EFI_STATUS allocate_pages(uint32_t type, uint64_t pages, uint64_t* memory) {
  if (!is_allocatable(type) || memory == NULL) return EFI_INVALID_PARAMETER;
  if (pages == 0 || pages > UINT64_MAX / EFI_PAGE_SIZE) return EFI_OUT_OF_RESOURCES;
  const uint64_t bytes = pages * EFI_PAGE_SIZE;
  uint64_t found = 0;
  if (!serve_from_freed(bytes, type, &found) && !serve_from_gap(bytes, type, &found)) {
    return EFI_OUT_OF_RESOURCES;
  }
  *memory = found;
  return EFI_SUCCESS;
}

/* How many records from `first` on hold `freed` without a gap, none of them free; 0 if they do
   not. */
static size_t count_allocated(size_t first, range freed) {
  size_t count = 0;
  uint64_t reached = freed.base;
  while (reached < freed.end) {
    if (first + count >= count_pages()) return 0;
    const page_record* const record = page_at(first + count);
    if (record->type == EfiConventionalMemory) return 0;
    if (count != 0 && record->pages.base != reached) return 0;
    if (record->temporary != page_at(first)->temporary) return 0;
    reached = record->pages.end;
    ++count;
  }
  return count;
}

/* What FreePages will do: `old` records become the pieces. */
typedef struct release {
  size_t first;
  size_t old;
  page_piece pieces[3];
  size_t count;
} release;

static bool is_free(size_t index) { return page_at(index)->type == EfiConventionalMemory; }

/* The ends that stay, and what becomes free: with the free ranges that it touches. */
static release plan_release(size_t first, size_t old, range freed) {
  release plan = {first, old, {{{0, 0}, 0}}, 0};
  const page_record* const lowest = page_at(first);
  const page_record* const highest = page_at(first + old - 1);
  const page_record* const below = first == 0 ? NULL : page_at(first - 1);
  const page_record* const above = first + old < count_pages() ? page_at(first + old) : NULL;
  const page_piece tail = {{freed.end, highest->pages.end}, highest->type};
  if (lowest->pages.base < freed.base) {
    plan.pieces[plan.count++] = (page_piece){{lowest->pages.base, freed.base}, lowest->type};
  } else if (below != NULL && is_free(first - 1) && below->pages.end == freed.base &&
             below->temporary == lowest->temporary) {
    freed.base = below->pages.base;
    --plan.first;
    ++plan.old;
  }
  page_piece* const middle = &plan.pieces[plan.count++];
  if (size_of(tail.pages) != 0) {
    plan.pieces[plan.count++] = tail;
  } else if (above != NULL && is_free(first + old) && above->pages.base == freed.end &&
             above->temporary == lowest->temporary) {
    freed.end = above->pages.end;
    ++plan.old;
  }
  *middle = (page_piece){freed, EfiConventionalMemory};
  return plan;
}

EFI_STATUS free_pages(uint64_t memory, uint64_t pages) {
  if (pages == 0 || pages > UINT64_MAX / EFI_PAGE_SIZE) return EFI_INVALID_PARAMETER;
  const range freed = {memory, memory + pages * EFI_PAGE_SIZE};
  if (memory % EFI_PAGE_SIZE != 0 || freed.end < memory) return EFI_INVALID_PARAMETER;
  const size_t after = first_page_from(memory + 1);
  if (after == 0 || page_at(after - 1)->pages.end <= memory) return EFI_INVALID_PARAMETER;
  const size_t old = count_allocated(after - 1, freed);
  if (old == 0) return EFI_INVALID_PARAMETER;
  const release plan = plan_release(after - 1, old, freed);
  if (!can_replace(plan.old, plan.count, list_room())) {
    return old == 1 || ORACLE_JUDGES_SPANS ? EFI_OUT_OF_RESOURCES : EFI_INVALID_PARAMETER;
  }
  const bool temporary = page_at(plan.first)->temporary;
  replace_pages(plan.first, plan.old, plan.pieces, plan.count, temporary);
  return EFI_SUCCESS;
}

/* The HOB list is short of `bytes`: free pages directly above its gap become gap. */
bool return_pages_to_gap(uint64_t bytes) {
  const uint64_t wanted = page_up(bytes);
  const uint64_t top = g_boot.phit->EfiFreeMemoryTop;
  const size_t first = first_page_from(top);
  if (first >= count_pages() || page_at(first)->pages.base != top) return false;
  const size_t count = run_length(first);
  if (count == 0) return false;
  const range run = {top, page_at(first + count - 1)->pages.end};
  if (size_of(run) < wanted) return false;
  const page_piece rest = {{top + wanted, run.end}, EfiConventionalMemory};
  const bool temporary = page_at(first)->temporary;
  replace_pages(first, count, &rest, size_of(run) > wanted ? 1 : 0, temporary);
  g_boot.phit->EfiFreeMemoryTop = top + wanted;
  return true;
}
