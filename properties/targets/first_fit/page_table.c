/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The page table: every allocation and every free range, in a table that no PEIM can write to.
 *
 *   index      0            1           2              HOB list
 *   pages   [0x5000,7000) [7000,8000) [8000,9000)      ... | record | ... | record | record | ...
 *   hob        `--------------|-----------|---------------------'  `---------'        |
 *                             `-----------|------------------------------------------'
 *
 * Invariants: sorted by address, disjoint; each record has one HOB that says the same, and in a
 * region of memory the records tile everything from the lowest to the top.
 */
#include <string.h>

#include "properties/targets/first_fit/first_fit.h"

enum { RECORDS_MAX = 16384, PIECES_MAX = 3 };

static page_record g_records[RECORDS_MAX];
static size_t g_count;

void clear_pages(void) { g_count = 0; }
size_t count_pages(void) { return g_count; }
page_record* page_at(size_t index) { return &g_records[index]; }

size_t first_page_from(uint64_t address) {
  size_t low = 0;
  size_t high = g_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (g_records[middle].pages.base < address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/* Pages of temporary RAM and of permanent memory part at the migration, even if they touch now. */
static bool is_free_run(size_t lower) {
  if (lower + 1 >= g_count) return false;
  const page_record* const a = &g_records[lower];
  const page_record* const b = a + 1;
  return a->type == EfiConventionalMemory && b->type == EfiConventionalMemory &&
         a->pages.end == b->pages.base && a->temporary == b->temporary;
}

size_t free_run_length(size_t first) {
  if (first >= g_count || g_records[first].type != EfiConventionalMemory) return 0;
  size_t count = 1;
  while (is_free_run(first + count - 1)) ++count;
  return count;
}

/* `room`: bytes that the gap will have for HOBs. */
bool can_replace(size_t old, size_t fresh, uint64_t room) {
  if (fresh <= old) return true;
  return g_count + (fresh - old) <= RECORDS_MAX && fresh - old <= slots_left(room);
}

void write_back(const page_record* record) {
  write_record(record->hob, record->pages, record->type, NULL);
}

/* `old` records from `first` on become `count` others. HOBs are kept as far as they go. */
void replace_pages(size_t first, size_t old, const page_piece* fresh, size_t count,
                   bool temporary) {
  uint32_t hobs[PIECES_MAX];
  for (size_t i = count; i < old; ++i) retire_slot(g_records[first + i].hob);
  for (size_t i = 0; i < count; ++i) {
    if (i < old) {
      hobs[i] = g_records[first + i].hob;
      continue;
    }
    hobs[i] = take_slot();
    write_record(hobs[i], fresh[i].pages, fresh[i].type, NULL); /* or it would be taken again */
  }
  memmove(&g_records[first + count], &g_records[first + old],
          (g_count - first - old) * sizeof g_records[0]);
  g_count = g_count + count - old;
  for (size_t i = 0; i < count; ++i) {
    g_records[first + i] = (page_record){fresh[i].pages, fresh[i].type, hobs[i], temporary};
    write_back(&g_records[first + i]);
  }
}

/* After addresses have changed: two sorted stretches at most, hence by insertion. */
void sort_pages(void) {
  for (size_t i = 1; i < g_count; ++i) {
    const page_record moving = g_records[i];
    size_t to = i;
    for (; to > 0 && g_records[to - 1].pages.base > moving.pages.base; --to) {
      g_records[to] = g_records[to - 1];
    }
    g_records[to] = moving;
  }
}
