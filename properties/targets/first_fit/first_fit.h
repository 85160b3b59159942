/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * first-fit: a PEI memory core whose choices are other than those of core/, wherever PI leaves one.
 * Written from PI and docs/pei-semantics.md alone; it shares no line with core/ or edk2_like.
 *
 *   sec.c         the cold entry: hand-off, SEC's PPIs and HOBs
 *   hob_list.c    PHIT, CreateHob, AllocatePool, slots
 *   page_table.c  the page table, outside of the HOB list
 *   pages.c       AllocatePages
 *   release.c     FreePages, and pages that become gap again
 *   migration.c   InstallPeiMemory, and the way to permanent memory
 *   services.c    the services table, the target ABI
 *
 * What differs, and is allowed:
 *
 *   pages      the lowest free pages first, the gap last; the gap yields a few pages more than were
 *              asked for, and these are used from their bottom
 *   freed      merged at once, and not part of the gap again until the HOB list needs the room
 *   table      sorted, in static storage; each record has the HOB that is written from it
 *   refusals   0 pages: OUT_OF_RESOURCES; a second InstallPeiMemory: ALREADY_STARTED; what cannot
 *              be freed: INVALID_PARAMETER; out-parameters keep their value
 *   FreePages  takes a range of several allocations
 *   stack      SEC's is recorded from the start; the new one is twice as large
 *   platform   its offer to move temporary RAM is declined: all is copied here
 */
#ifndef FIRST_FIT_H_
#define FIRST_FIT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/first_fit/pei.h"

/* Bytes, a power of two: what memory that stays with the operating system is a multiple of. */
#ifndef RUNTIME_GRANULE
#define RUNTIME_GRANULE 0x1000
#endif

/* Half-open. Bytes. */
typedef struct range {
  uint64_t base;
  uint64_t end;
} range;

enum { NO_HOB = 0 }; /* an offset from the PHIT at which no record can be */

/* Everything about the running boot except the table of pages. */
typedef struct boot_state {
  range temporary_ram;
  range heap;
  range stack; /* SEC's */
  EFI_HOB_HANDOFF_INFO_TABLE* phit;
  bool starts_in_memory; /* SEC says so: nothing will be installed */
  bool window;           /* memory is installed, and the list has not moved yet */
  bool migrated;
  range memory;        /* what was installed, whole pages */
  uint64_t window_top; /* in the window: where the pages in `memory` begin */
  uint32_t stack_hob;  /* offset of the stack's record, or NO_HOB */
} boot_state;

extern boot_state g_boot;

/* sec.c */
bool enter_from_sec(const EFI_SEC_PEI_HAND_OFF* sec, const EFI_PEI_PPI_DESCRIPTOR* ppis);

/* hob_list.c */
void start_list(range memory);
uint64_t list_room(void); /* bytes of the gap above the END HOB */
uint32_t slots_kept(void);
uint64_t slots_left(uint64_t room);
uint32_t take_slot(void);
void retire_slot(uint32_t hob);
void write_record(uint32_t hob, range pages, uint32_t type, const EFI_GUID* name);
void write_stack_record(range stack);
EFI_HOB_GENERIC_HEADER* append_hob(uint16_t type, uint16_t length);
EFI_STATUS create_hob(uint16_t type, uint32_t length, void** hob);

/* page_table.c */
typedef struct page_record {
  range pages;
  uint32_t type;
  uint32_t hob;   /* offset from the PHIT */
  bool temporary; /* in temporary RAM: moves with it */
} page_record;

typedef struct page_piece {
  range pages;
  uint32_t type;
} page_piece;

void clear_pages(void);
size_t count_pages(void);
page_record* page_at(size_t index);
size_t first_page_from(uint64_t address); /* the first record that begins there or above */
size_t free_run_length(size_t first); /* records that are free and adjacent; 0: the first is not */
bool can_replace(size_t old, size_t fresh, uint64_t room);
void replace_pages(size_t first, size_t old, const page_piece* fresh, size_t count, bool temporary);
void write_back(const page_record* record);
void sort_pages(void);

/* pages.c */
EFI_STATUS allocate_pages(uint32_t type, uint64_t pages, uint64_t* memory);

/* release.c */
EFI_STATUS free_pages(uint64_t memory, uint64_t pages);
bool return_pages_to_gap(uint64_t bytes);

/* migration.c */
EFI_STATUS install_memory(uint64_t begin, uint64_t length);
uint64_t window_floor(void);
bool is_moved_by_granules(void);
void migrate(void);

/* How addresses and sizes are rounded, and reached. */
static inline uint64_t page_up(uint64_t x) {
  return (x + (EFI_PAGE_SIZE - 1)) & ~(EFI_PAGE_SIZE - 1);
}
static inline uint64_t page_down(uint64_t x) { return x & ~(EFI_PAGE_SIZE - 1); }
static inline uint64_t up_to(uint64_t x, uint64_t granule) {
  return (x + (granule - 1)) & ~(granule - 1);
}
static inline uint64_t down_to(uint64_t x, uint64_t granule) { return x & ~(granule - 1); }
static inline uint64_t up8(uint64_t x) { return (x + 7) & ~(uint64_t)7; }
static inline uint64_t granule_of(uint32_t type) {
  const bool stays = type == EfiReservedMemoryType || type == EfiRuntimeServicesCode ||
                     type == EfiRuntimeServicesData || type == EfiACPIMemoryNVS;
  return stays ? RUNTIME_GRANULE : EFI_PAGE_SIZE;
}
static inline uint64_t size_of(range r) { return r.end - r.base; }
static inline void* at(uint64_t address) { return (void*)(uintptr_t)address; }
static inline uint64_t address_of(const void* p) { return (uint64_t)(uintptr_t)p; }
/* Every page is in permanent memory, from here on. */
static inline bool is_permanent(void) { return g_boot.starts_in_memory || g_boot.migrated; }

#endif /* FIRST_FIT_H_ */
