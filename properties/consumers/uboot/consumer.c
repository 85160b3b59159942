/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The consumer ABI over U-Boot's readers of an FSP's HOB list: its walk, the searches for memory,
 * the E820 map and the command `hob -v`. U-Boot's map ignores allocations, so none is offered.
 */
#include <asm/e820.h>
#include <asm/fsp/fsp_support.h>
#include <asm/hob.h>
#include <stdarg.h>

#include "properties/abi/hobnail_consumer.h"
#include "properties/consumers/uboot/host.h"
#undef printf
#include <stdio.h>

static struct bd_info board;
static gd_t data = {.bd = &board};
gd_t* gd = &data;

static const hobnail_consumer_host* the_host;
static const struct hob_header* the_list;

int fsp_scan_for_ram_size(void);
int dram_init_banksize(void);

/* Reads what it is to print. */
int uboot_printf(const char* format, ...) {
  char line[0x200];
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  return length;
}

static void require(bool holds, int line, const char* what) {
  if (!holds) the_host->stop("consumer.c", line, what);
}

/* As boot/zimage.c calls it, with room behind the array that must stay as it is. */
static void install_map(void) {
  static struct e820_entry map[2 * E820MAX];
  memset(map, 0, sizeof map);
  const unsigned entries = install_e820_map(E820MAX, map);
  require(entries <= E820MAX, __LINE__,
          "fsp_dram.c: install_e820_map writes more entries than the map has");
}

static void use(const void* list) {
  static char* const arguments[] = {"hob", "-v", NULL};
  u32 length = 0;
  data.arch.hob_list = (void*)(uintptr_t)list;
  fsp_scan_for_ram_size();
  dram_init_banksize();
  fsp_get_usable_lowmem_top(list);
  fsp_get_usable_highmem_top(list);
  fsp_get_fsp_reserved_mem(list, &length);
  fsp_get_tseg_reserved_mem(list, &length);
  fsp_get_nvs_data(list, &length);
  fsp_get_graphics_info(list, &length);
  install_map();
  uboot_hob(NULL, 0, 2, arguments);
}

static int take_over(const hobnail_consumer_host* host, const void* list, uint64_t bytes,
                     uint32_t runtime_granularity, hobnail_refusal* refusal) {
  (void)bytes;
  (void)runtime_granularity;
  (void)refusal;
  the_host = host;
  the_list = list;
  use(list);
  return 1;
}

static void ask_for(const struct hob_header* hob) {
  require(hob_get_next_hob(hob->type, hob) == hob, __LINE__,
          "hob.c: hob_get_next_hob finds another HOB than the walk");
  if (hob->type != HOB_TYPE_GUID_EXT) return;
  const struct hob_guid* const named = (const void*)hob;
  require(hob_get_next_guid_hob(&named->name, hob) == hob, __LINE__,
          "hob.c: hob_get_next_guid_hob finds another HOB than the walk");
}

static uint64_t walk(hobnail_hob* hobs, uint64_t room) {
  uint64_t count = 0;
  for (const struct hob_header* hob = the_list; !end_of_hob(hob); hob = get_next_hob(hob)) {
    ask_for(hob);
    if (count < room) {
      hobs[count] = (hobnail_hob){.offset = (uint64_t)((uintptr_t)hob - (uintptr_t)the_list),
                                  .length = hob->len,
                                  .type = hob->type};
    }
    ++count;
  }
  return count;
}

static const hobnail_consumer kConsumer = {
    .abi = HOBNAIL_CONSUMER_ABI,
    .size = sizeof(hobnail_consumer),
    .name = "uboot",
    .flags = HOBNAIL_CONSUMER_WELL_FORMED_ONLY,
    .take_over = take_over,
    .walk = walk,
};

__attribute__((visibility("default"))) const hobnail_consumer* hobnail_get_consumer(void) {
  return &kConsumer;
}
