/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * FreePages, and the way of free pages back into the gap.
 *
 *     | free | A      | B     | free |       FreePages of A's end and all of B:
 *     | free | A |    free           |       its neighbours join it at once
 *
 * Any number of allocations that touch may be freed in part and in one call. Only the HOB list gets
 * pages back into the gap, and only when it has no other room. Invariant: what is refused has
 * changed nothing.
 */
#include "properties/targets/first_fit/first_fit.h"

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
  const uint64_t lowest = granule_of(page_at(after - 1)->type);
  const uint64_t highest = granule_of(page_at(after - 1 + old - 1)->type);
  if (freed.base % lowest != 0 || freed.end % highest != 0) return EFI_INVALID_PARAMETER;
  const release plan = plan_release(after - 1, old, freed);
  if (!can_replace(plan.old, plan.count, list_room())) return EFI_OUT_OF_RESOURCES;
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
  const size_t count = free_run_length(first);
  if (count == 0) return false;
  const range run = {top, page_at(first + count - 1)->pages.end};
  if (size_of(run) < wanted) return false;
  const page_piece rest = {{top + wanted, run.end}, EfiConventionalMemory};
  const bool temporary = page_at(first)->temporary;
  replace_pages(first, count, &rest, size_of(run) > wanted ? 1 : 0, temporary);
  g_boot.phit->EfiFreeMemoryTop = top + wanted;
  return true;
}
