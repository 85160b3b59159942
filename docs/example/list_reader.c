/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A reader of HOB lists that is as small as one can be, behind the Hobnail consumer ABI: it walks the
 * list, and makes a memory map of what resource and allocation HOBs say.
 *
 *   take_over   [PHIT][resource][allocation]...[END]  -->  ranges of pages
 *   memory_map  between each two edges of ranges: who has it; then neighbours that are alike are joined
 *
 * Its policies: a HOB that makes no sense is skipped, of two allocations the first wins, and of two
 * resources that overlap the one that is not tested memory. A list that cannot be followed is refused.
 */
#include <stdlib.h>
#include <string.h>

#include "properties/abi/hobnail_consumer.h"

enum { HANDOFF = 1, ALLOCATION = 2, RESOURCE = 3, RESOURCE_V2 = 13, END = 0xffff };
enum { SYSTEM_MEMORY = 0, IO = 2, IO_RESERVED = 6, TESTED = 7, PERSISTENT = 0x800000 };
enum { RUNTIME_CODE = 5, RUNTIME_DATA = 6, CONVENTIONAL = 7, TYPES = 14, NONE = 0x100 };
#define OEM_TYPES 0x70000000u /* and those of operating systems */
#define EFI_MEMORY_RUNTIME (UINT64_C(1) << 63)
#define EFI_INVALID_PARAMETER ((UINT64_C(1) << 63) | 2)
#define PAGE UINT64_C(4096)
#define MOST 0x4000 /* HOBs */

struct range {
  uint64_t first, past; /* pages */
  uint32_t type; /* of an allocation; of a resource CONVENTIONAL when it is tested, else NONE */
};

/* All that outlives a call; take_over starts it anew. A process plays many lists. */
static struct {
  hobnail_hob hobs[MOST];
  struct range resources[MOST], claims[MOST];
  hobnail_memory map[8 * MOST];
  uint64_t edges[4 * MOST + 2];
  uint32_t hob_count, resource_count, claim_count, map_count, edge_count;
  uint64_t key;
} reader;

/* A number of so many bytes: a field of a list that may lie anywhere. */
static uint64_t number(const uint8_t* at, unsigned bytes) {
  uint64_t value = 0;
  memcpy(&value, at, bytes); /* both are little-endian */
  return value;
}

/* What protects is rounded outward; what offers must be whole pages. Skipped: no length, no end. */
static void add(struct range* ranges, uint32_t* count, uint64_t base, uint64_t length,
                uint32_t type) {
  const int whole = base % PAGE == 0 && length % PAGE == 0;
  if (length == 0 || length > ~base || base + length > ~PAGE) return;
  if (type == CONVENTIONAL && !whole) return;
  ranges[*count].first = base / PAGE;
  ranges[*count].past = (base + length + PAGE - 1) / PAGE;
  ranges[(*count)++].type = type;
}

static void read_resource(const uint8_t* hob) {
  const uint64_t type = number(hob + 24, 4), attribute = number(hob + 28, 4);
  const int tested =
      type == SYSTEM_MEMORY && (attribute & TESTED) == TESTED && (attribute & PERSISTENT) == 0;
  if (type == IO || type == IO_RESERVED) return;
  add(reader.resources, &reader.resource_count, number(hob + 32, 8), number(hob + 40, 8),
      tested ? CONVENTIONAL : NONE);
}

static void read_allocation(const uint8_t* hob) {
  const uint32_t type = (uint32_t)number(hob + 40, 4);
  if (type == CONVENTIONAL || (type >= TYPES && type < OEM_TYPES)) return; /* freed; unknown */
  add(reader.claims, &reader.claim_count, number(hob + 24, 8), number(hob + 32, 8), type);
}

static const struct range* holder(const struct range* ranges, uint32_t count, uint64_t page,
                                  uint32_t wanted) {
  for (uint32_t i = 0; i < count; ++i) {
    const int has = ranges[i].first <= page && page < ranges[i].past;
    if (has && (wanted == NONE) == (ranges[i].type == NONE)) return &ranges[i];
  }
  return NULL;
}

static int by_value(const void* one, const void* other) {
  const uint64_t a = *(const uint64_t*)one, b = *(const uint64_t*)other;
  return a < b ? -1 : a > b;
}

static void add_edges(const struct range* ranges, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    reader.edges[reader.edge_count++] = ranges[i].first;
    reader.edges[reader.edge_count++] = ranges[i].past;
  }
}

static void describe(uint64_t first, uint64_t past) {
  const struct range* memory = holder(reader.resources, reader.resource_count, first, CONVENTIONAL);
  const struct range* claim = holder(reader.claims, reader.claim_count, first, CONVENTIONAL);
  if (first == past || memory == NULL) return;
  if (holder(reader.resources, reader.resource_count, first, NONE) != NULL) return;
  const uint32_t type = claim != NULL ? claim->type : CONVENTIONAL;
  hobnail_memory* last = reader.map_count != 0 ? &reader.map[reader.map_count - 1] : NULL;
  if (last != NULL && last->type == type && last->base + last->pages * PAGE == first * PAGE) {
    last->pages += past - first;
    return;
  }
  const int runtime = type == RUNTIME_CODE || type == RUNTIME_DATA;
  const hobnail_memory entry = {type, 0, first * PAGE, past - first,
                                runtime ? EFI_MEMORY_RUNTIME : 0};
  reader.map[reader.map_count++] = entry;
}

static void make_map(void) {
  add_edges(reader.resources, reader.resource_count);
  add_edges(reader.claims, reader.claim_count);
  qsort(reader.edges, reader.edge_count, sizeof reader.edges[0], by_value);
  for (uint32_t i = 1; i < reader.edge_count; ++i) describe(reader.edges[i - 1], reader.edges[i]);
}

static int refuse(hobnail_refusal* refusal, uint64_t offset, const char* reason) {
  refusal->offset = offset;
  strncpy(refusal->reason, reason, sizeof refusal->reason - 1);
  return 0;
}

static int take_over(const hobnail_consumer_host* host, const void* list, uint64_t bytes,
                     uint32_t runtime_granularity, hobnail_refusal* refusal) {
  const uint8_t* const start = list;
  (void)host;
  (void)runtime_granularity;
  reader.hob_count = reader.resource_count = reader.claim_count = 0;
  reader.map_count = reader.edge_count = 0;
  ++reader.key;
  for (uint64_t offset = 0;;) {
    const uint8_t* const hob = start + offset;
    if (bytes - offset < 8) return refuse(refusal, offset, "there is no END HOB");
    const uint16_t type = (uint16_t)number(hob, 2), length = (uint16_t)number(hob + 2, 2);
    if (type == END && offset != 0) break;
    if (length < 8 || length % 8 != 0 || length > bytes - offset)
      return refuse(refusal, offset, "no HOB has this length");
    if (offset == 0 && (type != HANDOFF || length < 56))
      return refuse(refusal, offset, "the first HOB is not a PHIT");
    if (reader.hob_count == MOST) return refuse(refusal, offset, "too many HOBs");
    const hobnail_hob seen = {offset, length, type, 0};
    reader.hobs[reader.hob_count++] = seen;
    if ((type == RESOURCE || type == RESOURCE_V2) && length >= 48) read_resource(hob);
    if (type == ALLOCATION && length >= 48) read_allocation(hob);
    offset += length;
  }
  make_map();
  return 1;
}

static uint64_t walk(hobnail_hob* hobs, uint64_t room) {
  for (uint64_t i = 0; i < reader.hob_count && i < room; ++i) hobs[i] = reader.hobs[i];
  return reader.hob_count;
}

static uint64_t memory_map(hobnail_memory* map, uint64_t room, uint64_t* key) {
  for (uint64_t i = 0; i < reader.map_count && i < room; ++i) map[i] = reader.map[i];
  *key = reader.key;
  return reader.map_count;
}

static uint64_t exit_boot_services(uint64_t key) {
  return key == reader.key ? 0 : EFI_INVALID_PARAMETER;
}

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const hobnail_consumer*
hobnail_get_consumer(void) {
  static const hobnail_consumer consumer = {
      .abi = HOBNAIL_CONSUMER_ABI,
      .size = sizeof(hobnail_consumer),
      .name = "list_reader",
      .flags = HOBNAIL_CONSUMER_SKIPS_MALFORMED,
      .take_over = take_over,
      .walk = walk,
      .memory_map = memory_map,
      .exit_boot_services = exit_boot_services,
  };
  return &consumer;
}
