/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The consumer ABI over EDK II's DXE core, or over its HobLib.
 *
 * Invariant: each list finds EDK II's variables as they were when this object was loaded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "properties/abi/hobnail_consumer.h"
#include "properties/consumers/edk2/adapter.h"

#define GRANULE (HOBNAIL_EDK2_GRANULE ? HOBNAIL_EDK2_GRANULE : 0x1000)

/* EDK II's variables lie between these (state_edge.c). */
extern char hobnail_data_first[], hobnail_data_last[], hobnail_bss_first[], hobnail_bss_last[];

static struct {
  char* data; /* as they were loaded */
  char* bss;
} loaded;
static const hobnail_consumer_host* the_host;

/* Not memcpy: AddressSanitizer objects to the space between variables. */
static void copy(char* to, const char* from, size_t bytes) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
}

static char* saved(const char* first, const char* last) {
  char* const to = malloc((size_t)(last - first));
  if (to != NULL) copy(to, first, (size_t)(last - first));
  return to;
}

static void restore(void) {
  copy(hobnail_data_first, loaded.data, (size_t)(hobnail_data_last - hobnail_data_first));
  copy(hobnail_bss_first, loaded.bss, (size_t)(hobnail_bss_last - hobnail_bss_first));
}

void adapter_stop(const char* file, int line, const char* function, const char* text) {
  const char* const inside = strstr(file, "Mde"); /* MdePkg, MdeModulePkg */
  char what[512];
  snprintf(what, sizeof what, "%s: %s", function, text);
  the_host->stop(inside == NULL ? file : inside, line, what);
}

/* A function of EDK II that no source defines. */
void adapter_missing(const char* name);
void adapter_missing(const char* name) {
  adapter_stop("edk2", 0, name, "this function has no host version");
}

static int take_over(const hobnail_consumer_host* host, const void* list, uint64_t bytes,
                     uint32_t runtime_granularity, hobnail_refusal* refusal) {
  (void)bytes;
  restore();
  the_host = host;
  if (edk2_has_map && runtime_granularity != GRANULE) {
    snprintf(refusal->reason, sizeof refusal->reason, "built for runtime memory in granules of %d",
             GRANULE);
    return 0;
  }
  edk2_take_over((void*)(uintptr_t)list);
  return 1;
}

static uint64_t walk(hobnail_hob* hobs, uint64_t room) {
  edk2_hob* const found = calloc(room == 0 ? 1 : room, sizeof *found);
  const uint64_t count = edk2_walk(found, room);
  for (uint64_t i = 0; i < count && i < room; ++i) {
    hobs[i] =
        (hobnail_hob){.offset = found[i].offset, .length = found[i].length, .type = found[i].type};
  }
  free(found);
  return count;
}

/* As an operating system's loader does: asks for the size, and gives that much. Behind it are bytes
   that GetMemoryMap must leave alone. */
#define BEHIND ((size_t)0x1000)
#define UNTOUCHED 0xa5

static void check_behind(const uint8_t* behind) {
  for (size_t i = 0; i < BEHIND; ++i) {
    if (behind[i] == UNTOUCHED) continue;
    adapter_stop(
        "MdeModulePkg/Core/Dxe/Mem/Page.c", 0, "CoreGetMemoryMap",
        "the map is larger than the size that it asked for: bytes behind the buffer are written");
  }
}

static uint64_t copy_map(hobnail_memory* map, uint64_t room, const uint8_t* from, uint64_t bytes,
                         uint64_t stride) {
  const uint64_t count = stride == 0 ? 0 : bytes / stride;
  for (uint64_t i = 0; i < count && i < room; ++i) {
    const edk2_memory entry = edk2_entry(from + i * stride);
    map[i] = (hobnail_memory){
        .type = entry.type, .base = entry.base, .pages = entry.pages, .attribute = entry.attribute};
  }
  return count;
}

static uint64_t memory_map(hobnail_memory* map, uint64_t room, uint64_t* key) {
  uint64_t bytes = 0;
  uint64_t stride = 0;
  edk2_get_memory_map(&bytes, NULL, key, &stride);
  const uint64_t wanted = bytes;
  uint8_t* const buffer = malloc(bytes + BEHIND);
  memset(buffer, UNTOUCHED, bytes + BEHIND);
  const uint64_t status = edk2_get_memory_map(&bytes, buffer, key, &stride);
  check_behind(buffer + wanted);
  if (status != 0) {
    adapter_stop("MdeModulePkg/Core/Dxe/Mem/Page.c", 0, "CoreGetMemoryMap",
                 "fails with the size that it asked for");
  }
  const uint64_t count = copy_map(map, room, buffer, bytes, stride);
  free(buffer);
  return count;
}

static uint64_t exit_boot_services(uint64_t key) { return edk2_exit_boot_services(key); }

static hobnail_consumer the_consumer = {
    .abi = HOBNAIL_CONSUMER_ABI,
    .size = sizeof(hobnail_consumer),
    .flags = HOBNAIL_CONSUMER_WELL_FORMED_ONLY | HOBNAIL_CONSUMER_IGNORES_VOLUMES,
    .take_over = take_over,
    .walk = walk,
};

__attribute__((visibility("default"))) const hobnail_consumer* hobnail_get_consumer(void) {
  if (loaded.data != NULL) return &the_consumer;
  loaded.data = saved(hobnail_data_first, hobnail_data_last);
  loaded.bss = saved(hobnail_bss_first, hobnail_bss_last);
  if (loaded.data == NULL || loaded.bss == NULL) return NULL;
  the_consumer.name = edk2_name;
  if (edk2_has_map) {
    the_consumer.flags |= HOBNAIL_CONSUMER_NEEDS_MEMORY;
    the_consumer.memory_map = memory_map;
    the_consumer.exit_boot_services = exit_boot_services;
  }
  return &the_consumer;
}
