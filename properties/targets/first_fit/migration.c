/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * InstallPeiMemory, and what follows when its caller returns.
 *
 *   temporary RAM      | PHIT..END | gap | pages | holes | SEC's stack |      in any order
 *
 *   permanent memory, where there are no holes:
 *     | PHIT..END | gap | pages | window's pages | new stack [image] |
 *     base                                                         end
 *   where SEC has data in holes, which must lie above the new stack:
 *     | new stack [image] | holes, packed | PHIT..END | gap | pages | window's pages |
 *
 * Invariant: in the window, pages stay above window_floor(), so that everything below has room
 * however full the heap may be by then. InstallPeiMemory sees to that; the migration cannot fail.
 */
#include <string.h>

#include "properties/targets/first_fit/first_fit.h"

/* What lies in temporary RAM beside heap and stack is SEC's, and is copied for it. */
typedef struct holes {
  range piece[3];
  uint64_t bytes;
} holes;

static uint64_t at_most(uint64_t x, uint64_t limit) { return x < limit ? x : limit; }

static holes find_holes(void) {
  const range ram = g_boot.temporary_ram;
  const bool heap_first = g_boot.heap.base < g_boot.stack.base;
  const range blocks[] = {heap_first ? g_boot.heap : g_boot.stack,
                          heap_first ? g_boot.stack : g_boot.heap,
                          {ram.end, ram.end}};
  holes found = {{{0, 0}, {0, 0}, {0, 0}}, 0};
  uint64_t from = ram.base;
  for (size_t i = 0; i < 3; ++i) {
    const range block = blocks[i];
    const bool elsewhere = block.end <= ram.base || block.base > ram.end;
    if (elsewhere) continue; /* a stack apart from temporary RAM */
    const uint64_t to = at_most(block.base, ram.end);
    if (to > from) {
      found.piece[i] = (range){from, to};
      found.bytes += to - from;
    }
    if (block.end > from) from = block.end;
  }
  return found;
}

static uint64_t new_stack_size(void) { return page_up(2 * size_of(g_boot.stack)); }

/* At the top of memory, above all pages; where SEC has data to put above it, at the bottom. */
static bool is_stack_on_top(void) { return find_holes().bytes == 0; }

static range new_stack(void) {
  const uint64_t bytes = new_stack_size();
  const range memory = g_boot.memory;
  return is_stack_on_top() ? (range){memory.end - bytes, memory.end}
                           : (range){memory.base, memory.base + bytes};
}

static uint64_t new_list_base(void) {
  return is_stack_on_top() ? g_boot.memory.base : up8(new_stack().end + find_holes().bytes);
}

/* The list and the pages of temporary RAM fit into as much as the heap has, and a granule to
   round. */
uint64_t window_floor(void) {
  return page_up(new_list_base() + size_of(g_boot.heap)) + RUNTIME_GRANULE;
}

static range temporary_pages(void) {
  return (range){g_boot.phit->EfiFreeMemoryTop, g_boot.phit->EfiMemoryTop};
}

/* Less than a granule of pages holds none that need to keep to granules. */
bool is_moved_by_granules(void) {
  return RUNTIME_GRANULE > EFI_PAGE_SIZE && size_of(temporary_pages()) >= RUNTIME_GRANULE;
}

static bool overlaps(range a, range b) { return a.base < b.end && b.base < a.end; }

EFI_STATUS install_memory(uint64_t begin, uint64_t length) {
  if (g_boot.window || is_permanent()) return EFI_ALREADY_STARTED;
  const range given = {begin, begin + length};
  if (length == 0 || given.end <= begin || given.end - 1 > UINTPTR_MAX) {
    return EFI_INVALID_PARAMETER;
  }
  if (overlaps(given, g_boot.temporary_ram) || overlaps(given, g_boot.stack)) {
    return EFI_INVALID_PARAMETER;
  }
  const uint32_t records =
      (g_boot.stack_hob == NO_HOB ? 1U : 0U) + (is_moved_by_granules() ? 1U : 0U);
  if (slots_left(list_room()) < records) return EFI_OUT_OF_RESOURCES;
  /* Parts of pages at its ends are of no use. */
  const range whole = {page_up(begin), page_down(given.end)};
  if (whole.base < begin || whole.end <= whole.base) return EFI_OUT_OF_RESOURCES;
  g_boot.memory = whole;
  if (size_of(whole) < new_stack_size()) return EFI_OUT_OF_RESOURCES;
  g_boot.window_top = is_stack_on_top() ? new_stack().base : whole.end;
  /* Sizes, because the floor of memory that ends at 2^64 may lie beyond. */
  if (window_floor() - whole.base > g_boot.window_top - whole.base) return EFI_OUT_OF_RESOURCES;
  g_boot.window = true;
  return EFI_SUCCESS;
}

static void copy(uint64_t to, range from) {
  if (size_of(from) == 0) return;
  memcpy(at(to), at(from.base), (size_t)size_of(from));
}

static void copy_holes(uint64_t to) {
  const holes found = find_holes();
  for (size_t i = 0; i < 3; ++i) {
    copy(to, found.piece[i]);
    to += size_of(found.piece[i]);
  }
}

/* Pages of temporary RAM go directly below the window's, all by one distance. */
static void move_pages(void) {
  const range pages = temporary_pages();
  uint64_t to = g_boot.window_top - size_of(pages);
  if (is_moved_by_granules()) to -= (to - pages.base) & (RUNTIME_GRANULE - 1);
  copy(to, pages);
  for (size_t i = 0; i < count_pages(); ++i) {
    page_record* const record = page_at(i);
    if (!record->temporary) continue;
    record->pages.base += to - pages.base;
    record->pages.end += to - pages.base;
    record->temporary = false;
    write_back(record);
  }
  sort_pages();
  const page_piece above = {{to + size_of(pages), g_boot.window_top}, EfiConventionalMemory};
  if (size_of(above.pages) != 0) {
    replace_pages(first_page_from(above.pages.base), 0, &above, 1, false);
  }
  g_boot.window_top = to;
}

static void move_list(void) {
  EFI_HOB_HANDOFF_INFO_TABLE* const old = g_boot.phit;
  EFI_HOB_HANDOFF_INFO_TABLE* const phit = at(new_list_base());
  const uint64_t distance = address_of(phit) - address_of(old);
  memcpy(phit, old, (size_t)(old->EfiFreeMemoryBottom - address_of(old)));
  phit->EfiEndOfHobList += distance;
  phit->EfiFreeMemoryBottom += distance;
  phit->EfiMemoryBottom = g_boot.memory.base;
  phit->EfiMemoryTop = g_boot.memory.end;
  phit->EfiFreeMemoryTop = g_boot.window_top;
  g_boot.phit = phit;
}

void migrate(void) {
  const range stack = new_stack();
  write_stack_record(stack);
  copy(stack.end - size_of(g_boot.stack), g_boot.stack);
  copy_holes(stack.end);
  move_pages();
  move_list();
  g_boot.window = false;
  g_boot.migrated = true;
}
