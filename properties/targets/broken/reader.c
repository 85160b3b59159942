/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A reader of HOB lists, and eight that have each one defect of public reports, for the tests of
 * consumers to find. READER_FAULT is the number of the defect; 0 has none.
 *
 *   1 the PHIT's EfiEndOfHobList is the only bound
 *   2 a HobLength of 0 is a step
 *   3 the name of a GUID HOB is read whatever its length
 *   4 a table of bins ends at its last entry alone
 *   5 memory in which the bins' home lies overlaps it
 *   6 page 0 is no memory, and no allocation
 *   7 an allocation of MMIO makes it memory
 *   8 special-purpose memory is reserved
 *
 * With READER_WRITES it works in the memory that the list describes (boots only), and writes over
 * all of its free memory, PEI's list with it; with READER_WRITES 2 over allocated pages too.
 *
 * Its policies are others than those of docs/example/list_reader.c: the first HOB that makes no
 * sense or contradicts another one refuses the list, and the map has a descriptor for each claim.
 */
#include <stdlib.h>
#include <string.h>

#include "properties/abi/hobnail_consumer.h"

#ifndef READER_FAULT
#define READER_FAULT 0
#endif
#ifndef READER_WRITES
#define READER_WRITES 0
#endif
#define HAS_FAULT(number) (READER_FAULT == (number))

enum { PHIT = 1, ALLOCATION = 2, RESOURCE = 3, GUID = 4, CPU = 6, RESOURCE_V2 = 13, END = 0xffff };
enum { MEMORY = 0, UNACCEPTED = 7 }; /* resource types */
enum { RUNTIME_CODE = 5, CONVENTIONAL = 7, MOST = 0x2000 };
#define INVALID ((UINT64_C(1) << 63) | 2)

/* 4c19049f-4137-4dd3-9c10-8b97a83ffdfa, as it lies in memory. */
static const uint8_t kBins[16] = {0x9f, 0x04, 0x19, 0x4c, 0x37, 0x41, 0xd3, 0x4d,
                                  0x9c, 0x10, 0x8b, 0x97, 0xa8, 0x3f, 0xfd, 0xfa};

struct piece {
  uint64_t offset, base, size;
  uint32_t type;
  int is_memory, is_home, is_second, is_special;
};

static const uint8_t* g_list;
static uint64_t g_bytes;
static hobnail_refusal* g_refusal;
static hobnail_hob g_hobs[MOST];
static struct piece g_resources[MOST], g_allocations[MOST];
static hobnail_memory g_map[3 * MOST];
static uint64_t g_hob_count, g_resource_count, g_allocation_count, g_map_count, g_key;
static uint64_t g_bin_pages;

static uint64_t field(uint64_t offset, unsigned bytes) {
  uint64_t value = 0;
  for (unsigned i = bytes; i > 0; --i) value = value << 8 | g_list[offset + i - 1];
  return value;
}

static int refuse(uint64_t offset, const char* why) {
  g_refusal->offset = offset;
  strncpy(g_refusal->reason, why, sizeof g_refusal->reason - 1);
  return 0;
}

static int is_bins(uint64_t offset) {
  uint8_t name[16];
  for (unsigned i = 0; i < 16; ++i) name[i] = (uint8_t)field(offset + i, 1);
  return memcmp(name, kBins, 16) == 0;
}

static uint64_t end_of(const struct piece* piece) { return piece->base + piece->size; }

static int overlap(const struct piece* one, const struct piece* other) {
  return one->base < end_of(other) && other->base < end_of(one);
}

static int inside(const struct piece* inner, const struct piece* outer) {
  return outer->base <= inner->base && end_of(inner) <= end_of(outer);
}

static int is_range(uint64_t base, uint64_t size) {
  return size != 0 && base % 4096 == 0 && size % 4096 == 0 && size <= UINT64_MAX - base;
}

static int may_share(const struct piece* one, const struct piece* other) {
  if (one->is_memory != other->is_memory) return 0;
  if (one->is_second != other->is_second && one->base == other->base && one->size == other->size)
    return 1;
  if (HAS_FAULT(5)) return 0;
  return one->is_memory &&
         ((one->is_home && inside(one, other)) || (other->is_home && inside(other, one)));
}

static int read_resource(uint64_t hob) {
  const uint64_t type = field(hob + 24, 4), state = field(hob + 28, 4);
  struct piece* const piece = &g_resources[g_resource_count];
  if (type == 2 || type == 6) return 1; /* I/O */
  if (type > UNACCEPTED) return refuse(hob + 24, "an unknown resource");
  memset(piece, 0, sizeof *piece);
  piece->offset = hob;
  piece->base = field(hob + 32, 8);
  piece->size = field(hob + 40, 8);
  piece->is_memory = type == MEMORY && (state & 7) == 7 && (state & 0x800000) == 0;
  piece->is_special = (state & 0x8000000) != 0;
  piece->is_home = is_bins(hob + 8);
  piece->is_second = field(hob, 2) == RESOURCE_V2;
  if (!is_range(piece->base, piece->size)) return refuse(hob + 32, "a resource of odd pages");
  for (uint64_t i = 0; i < g_resource_count; ++i) {
    if (overlap(piece, &g_resources[i]) && !may_share(piece, &g_resources[i]))
      return refuse(hob + 32, "it overlaps another resource");
  }
  ++g_resource_count;
  return 1;
}

static int read_allocation(uint64_t hob) {
  struct piece* const piece = &g_allocations[g_allocation_count];
  memset(piece, 0, sizeof *piece);
  piece->offset = hob;
  piece->base = field(hob + 24, 8);
  piece->size = field(hob + 32, 8);
  piece->type = (uint32_t)field(hob + 40, 4);
  if (!is_range(piece->base, piece->size)) return refuse(hob + 24, "an allocation of odd pages");
  if (piece->type > 13) return refuse(hob + 40, "an unknown memory type");
  if (HAS_FAULT(6) && piece->base == 0) return 1;
  if (piece->type == CONVENTIONAL) return 1;
  for (uint64_t i = 0; i < g_allocation_count; ++i) {
    if (overlap(piece, &g_allocations[i])) return refuse(hob + 24, "it overlaps an allocation");
  }
  ++g_allocation_count;
  return 1;
}

static int read_bins(uint64_t hob, uint64_t length) {
  uint64_t seen = 0;
  for (uint64_t at = hob + 24;; at += 8) {
    if (!HAS_FAULT(4) && at + 8 > hob + length) return refuse(hob, "the bins have no last entry");
    const uint64_t type = field(at, 4);
    if (type == 16) return 1;
    if (!HAS_FAULT(4) && (type > 16 || (seen >> type & 1) != 0))
      return refuse(at, "a bin of a wrong type");
    seen |= UINT64_C(1) << type % 64;
    g_bin_pages += field(at + 4, 4);
  }
}

static int read_hob(uint64_t hob, uint64_t type, uint64_t length) {
  switch (type) {
    case ALLOCATION:
      return length < 48 ? refuse(hob, "it is too short") : read_allocation(hob);
    case RESOURCE:
    case RESOURCE_V2:
      return length < 48 ? refuse(hob, "it is too short") : read_resource(hob);
    case GUID:
      if (!HAS_FAULT(3) && length < 24) return refuse(hob, "it is shorter than its name");
      return is_bins(hob + 8) ? read_bins(hob, length) : 1;
    case PHIT:
      return hob == 0 || refuse(hob, "a second PHIT");
    default:
      return 1;
  }
}

/* Bytes that may be read: those that there are. */
static uint64_t bound(void) {
  const uint64_t end = field(48, 8), bottom = field(40, 8);
  if (!HAS_FAULT(1) || bottom - end != 8) return g_bytes;
  return UINT64_MAX; /* the END HOB is where the PHIT says */
}

static int follow(void) {
  uint64_t hob = 0;
  if (g_bytes < 56 || field(0, 2) != PHIT || field(2, 2) != 56) return refuse(0, "no PHIT");
  const uint64_t most = bound();
  while (most - hob >= 8) {
    const uint64_t type = field(hob, 2), length = field(hob + 2, 2);
    if (type == END) return 1;
    const int step = HAS_FAULT(2) && length == 0;
    if (!step && (length < 8 || length % 8 != 0 || length > most - hob))
      return refuse(hob + 2, "a HobLength that no HOB has");
    if (!step && g_hob_count == MOST) return refuse(hob, "too many HOBs");
    if (!step && !read_hob(hob, type, length)) return 0;
    const hobnail_hob seen = {hob, (uint32_t)length, (uint16_t)type, 0};
    if (!step) g_hobs[g_hob_count++] = seen;
    hob += length;
  }
  return refuse(hob, "the list has no end");
}

static void put(uint32_t type, uint64_t from, uint64_t to) {
  if (from >= to) return;
  if (HAS_FAULT(6) && from == 0) from = 4096;
  if (from >= to) return;
  const hobnail_memory entry = {
      type, 0, from, (to - from) / 4096,
      type == RUNTIME_CODE || type == RUNTIME_CODE + 1 ? (UINT64_C(1) << 63) | 8 : 8};
  g_map[g_map_count++] = entry;
}

static int by_base(const void* one, const void* other) {
  const struct piece *a = one, *b = other;
  return a->base < b->base ? -1 : a->base > b->base;
}

/* The home lies in memory that is described already, and of two versions one is enough. */
static int is_described(const struct piece* piece) {
  for (uint64_t i = 0; i < g_resource_count; ++i) {
    const struct piece* const other = &g_resources[i];
    if (other == piece || !other->is_memory || !inside(piece, other)) continue;
    const int same = inside(other, piece);
    if (same ? other->offset < piece->offset : piece->is_home) return 1;
  }
  return 0;
}

static void describe(const struct piece* memory) {
  const uint32_t free = HAS_FAULT(8) && memory->is_special ? 0 : CONVENTIONAL;
  uint64_t at = memory->base;
  for (uint64_t i = 0; i < g_allocation_count; ++i) {
    const struct piece* const claim = &g_allocations[i];
    if (!inside(claim, memory)) continue;
    put(free, at, claim->base);
    put(claim->type, claim->base, end_of(claim));
    at = end_of(claim);
  }
  put(free, at, end_of(memory));
}

/* Every allocation lies in one resource; else two HOBs contradict each other. */
static int check_allocations(void) {
  for (uint64_t i = 0; i < g_allocation_count; ++i) {
    const struct piece* const claim = &g_allocations[i];
    int held = 0;
    int memory = 0;
    for (uint64_t k = 0; k < g_resource_count; ++k) {
      held = held || inside(claim, &g_resources[k]);
      memory = memory || (g_resources[k].is_memory && overlap(claim, &g_resources[k]));
    }
    if (!held) return refuse(claim->offset, "an allocation that no resource holds");
    if (HAS_FAULT(7) && !memory) put(CONVENTIONAL, claim->base, end_of(claim));
  }
  return 1;
}

#if READER_WRITES != 0
/* The first and the last page of each range without a claim. */
static void write_memory(void) {
  for (uint64_t i = 0; i < g_map_count; ++i) {
    const hobnail_memory* const entry = &g_map[i];
    const int allocated = entry->type == RUNTIME_CODE + 1 && READER_WRITES == 2;
    if (entry->type != CONVENTIONAL && !allocated) continue;
    memset((void*)(uintptr_t)entry->base, 0x5a, 4096);
    memset((void*)(uintptr_t)(entry->base + (entry->pages - 1) * 4096), 0x5a, 4096);
  }
}
#endif

static int take_over(const hobnail_consumer_host* host, const void* list, uint64_t bytes,
                     uint32_t runtime_granularity, hobnail_refusal* refusal) {
  (void)host;
  (void)runtime_granularity;
  g_list = list;
  g_bytes = bytes;
  g_refusal = refusal;
  g_hob_count = g_resource_count = g_allocation_count = g_map_count = g_bin_pages = 0;
  g_key += 3;
  if (!follow()) return 0;
  qsort(g_allocations, (size_t)g_allocation_count, sizeof g_allocations[0], by_base);
  if (!check_allocations()) return 0;
  for (uint64_t i = g_resource_count; i > 0; --i) {
    const struct piece* const resource = &g_resources[i - 1];
    if (resource->is_memory && !is_described(resource)) describe(resource);
  }
#if READER_WRITES != 0
  write_memory();
#endif
  return 1;
}

static uint64_t walk(hobnail_hob* hobs, uint64_t room) {
  const uint64_t count = g_hob_count < room ? g_hob_count : room;
  memcpy(hobs, g_hobs, (size_t)count * sizeof hobs[0]);
  return g_hob_count;
}

static uint64_t memory_map(hobnail_memory* map, uint64_t room, uint64_t* key) {
  const uint64_t count = g_map_count < room ? g_map_count : room;
  memcpy(map, g_map, (size_t)count * sizeof map[0]);
  *key = g_key;
  return g_map_count;
}

static uint64_t exit_boot_services(uint64_t key) { return key == g_key ? 0 : INVALID; }

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const hobnail_consumer*
hobnail_get_consumer(void) {
  static const hobnail_consumer kReader = {
      HOBNAIL_CONSUMER_ABI,
      sizeof(hobnail_consumer),
      "reader",
      READER_WRITES != 0 ? HOBNAIL_CONSUMER_NEEDS_MEMORY | HOBNAIL_CONSUMER_WELL_FORMED_ONLY : 0,
      0,
      take_over,
      walk,
      memory_map,
      exit_boot_services,
      NULL,
  };
  return &kReader;
}
