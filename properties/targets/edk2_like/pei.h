/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * edk2_like: a PEI memory core with EDK II's policies and, unless configured otherwise, its
 * quirks; the second, independent target that the oracle is tried with. Written from the
 * description in docs/pei-semantics.md (sections 2, 3 and 6.2) alone: no line of EDK II, none of
 * core/.
 *
 *   target.c     the target ABI, the environment, the services table
 *   hobs.c       the HOB list: CreateHob, AllocatePool, records of pages
 *   pages.c      AllocatePages, FreePages
 *   ppis.c       what SEC brings, and the platform that moves temporary RAM
 *   migration.c  InstallPeiMemory, and the way to permanent memory
 *
 * Every quirk has a switch of its own, named as in docs/pei-semantics.md.
 */
#ifndef EDK2_LIKE_PEI_H_
#define EDK2_LIKE_PEI_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"

#if defined(__x86_64__)
#define EFIAPI __attribute__((ms_abi))
#else
#define EFIAPI
#endif

typedef uintptr_t status_t;
#define ERROR_BIT (~(~(status_t)0 >> 1))
#define SUCCESS ((status_t)0)
#define INVALID_PARAMETER (ERROR_BIT | 2)
#define OUT_OF_RESOURCES (ERROR_BIT | 9)
#define NOT_FOUND (ERROR_BIT | 14)

#define PAGE ((uint64_t)0x1000)
enum { TYPE_PHIT = 1, TYPE_MEMORY = 2, TYPE_POOL = 7, TYPE_UNUSED = 0xfffe, TYPE_END = 0xffff };
enum { BOOT_SERVICES_DATA = 4, CONVENTIONAL = 7 };

typedef struct hob {
  uint16_t type;
  uint16_t length;
  uint32_t reserved;
} hob;

typedef struct phit_hob {
  hob header;
  uint32_t version;
  uint32_t boot_mode;
  uint64_t memory_top;
  uint64_t memory_bottom;
  uint64_t free_top;
  uint64_t free_bottom;
  uint64_t end_of_list;
} phit_hob;
_Static_assert(sizeof(phit_hob) == 56, "PHIT");

typedef struct memory_hob {
  hob header;
  uint8_t name[16];
  uint64_t base;
  uint64_t length;
  uint32_t type;
  uint8_t reserved[4];
} memory_hob;
_Static_assert(sizeof(memory_hob) == 48, "memory allocation HOB");

typedef struct sec_hand_off {
  uint16_t data_size;
  void* boot_volume;
  uintptr_t boot_volume_size;
  void* temporary_ram;
  uintptr_t temporary_ram_size;
  void* heap;
  uintptr_t heap_size;
  void* stack;
  uintptr_t stack_size;
} sec_hand_off;

/* What EDK II does otherwise than a careful implementation would. H...: docs/pei-semantics.md 6.2
 * and 6.3. */
typedef enum quirk {
  H1,      /* FreePages up to 2^64: Memory + Bytes is 0 */
  H2,      /* AllocatePages: Pages << 12 loses bits, and free HOBs are searched for the rest */
  H3,      /* FreePages: the same */
  H4,      /* CreateHob of length 0 gives the END HOB */
  H5,      /* a second InstallPeiMemory in the window counts */
  H6,      /* window pages leave no room for what migrates */
  H7,      /* a stack outside temporary RAM: the size of the hole underflows */
  H9,      /* a split that cannot get its HOBs loses the ends */
  H10,     /* window pages without a HOB */
  H11,     /* FreePages of any memory allocation HOB, whoever made it */
  H13,     /* a refused AllocatePages keeps the padding it took */
  H15,     /* a platform that just copies: the list is expected where it is not */
  H16,     /* AllocatePages of 0 pages */
  H17,     /* InstallPeiMemory of what is no whole page, or overlaps temporary RAM */
  H18,     /* InstallPeiMemory of too little */
  H19,     /* rounding Pages up wraps */
  H20,     /* migration by a distance that is no multiple of the runtime granularity */
  H21,     /* FreePages of a part of a granule */
  H22,     /* Pages are not rounded when the gap cannot even take the padding */
  H23,     /* a failing CreateHob gives the PHIT */
  H24,     /* the migration moves a platform's HOBs too */
  H37,     /* a platform's free HOB is allocated from */
  H42,     /* temporary RAM is read after the platform has moved it */
  H45,     /* InstallPeiMemory wraps */
  Q_MERGE, /* a refused AllocatePages has merged free HOBs */
  Q_NULL,  /* NULL out-parameters of AllocatePages, AllocatePool */
  Q_SHORT, /* fields of a memory allocation HOB that is too short for them */
  Q_STACK, /* no HOB for the new stack when the heap is full */
  Q_TYPES, /* CreateHob of a PHIT or an END HOB */
  Q_ZERO,  /* InstallPeiMemory of length 0 */
  QUIRKS
} quirk;

typedef status_t(EFIAPI* move_ram)(const void* services, uint64_t from, uint64_t to,
                                   uintptr_t bytes);

typedef enum policy {
  EDK2,      /* top-down, the gap first, free HOBs merged when nothing else helps */
  BOTTOM_UP, /* free HOBs first and from their bottom, merged eagerly; strict about lengths */
  LAZY       /* what is freed never returns to the gap */
} policy;

/* A record that this core made for pages: only these are freed, merged and moved when fixed. */
#define RECORDS_MAX 8192u

typedef struct core {
  const hobnail_host* host;
  bool debug;
  bool quirks[QUIRKS];
  policy policy;
  uint64_t granularity; /* of runtime types */
  sec_hand_off sec;
  move_ram mover; /* NULL: this core copies everything itself */
  phit_hob* phit;
  bool memory_installed; /* permanent: the migration is done */
  bool switch_signal;    /* InstallPeiMemory was called */
  uint64_t begin;        /* permanent memory */
  uint64_t length;
  uint64_t physical_top;         /* lowest page given out there in the window */
  uint32_t records[RECORDS_MAX]; /* offsets from the PHIT, ascending */
  uint32_t record_count;
} core;

extern core pei;

static inline bool window(void) { return pei.switch_signal && !pei.memory_installed; }
static inline bool has(quirk q) { return pei.quirks[q]; }
static inline uint64_t align_down(uint64_t value, uint64_t to) { return value & ~(to - 1); }
static inline uint64_t align_up(uint64_t value, uint64_t to) {
  return (value + (to - 1)) & ~(to - 1);
}
static inline uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }
static inline uint8_t* pointer(uint64_t address) { return (uint8_t*)(uintptr_t)address; }
static inline uint64_t address(const void* at) { return (uintptr_t)at; }

/* A DEBUG build stops, a RELEASE build goes on. */
#define ASSERT(condition)                                                          \
  do {                                                                             \
    if (pei.debug && !(condition)) pei.host->stop(__FILE__, __LINE__, #condition); \
  } while (0)

/* hobs.c */
hob* first_hob(void);
hob* next_hob(hob* at); /* NULL at the END HOB */
memory_hob* first_memory(void);
memory_hob* next_memory(memory_hob* at);
bool is_record(const memory_hob* at);
uint64_t free_slots(void); /* records that can be made now */
uint64_t kept_slots(void); /* of them, kept in the window for the migration */
memory_hob* build_record(uint64_t base, uint64_t length, uint32_t type);
void name_stack(memory_hob* at);
void create_phit(uint64_t base, uint64_t size);
bool append_sec_hobs(const hob* list); /* false: they do not fit */
status_t EFIAPI create_hob(const void* services, uint16_t type, uint16_t length, void** out);
status_t EFIAPI allocate_pool(const void* services, uintptr_t size, void** buffer);

/* pages.c */
uint64_t granularity_of(uint32_t type);
status_t EFIAPI allocate_pages(const void* services, uint32_t type, uintptr_t pages,
                               uint64_t* memory);
status_t EFIAPI free_pages(const void* services, uint64_t memory, uintptr_t pages);

/* ppis.c */
bool take_ppis(const void* list);
uint64_t have_moved(const void* services, uint64_t stack_top); /* where the list is now, or 0 */

/* migration.c */
uint64_t window_floor(void); /* nothing below may be given out: the migration will use it */
status_t EFIAPI install_memory(const void* services, uint64_t begin, uint64_t length);
bool migrate(const void* services); /* false: the boot cannot go on */

#endif /* EDK2_LIKE_PEI_H_ */
