/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * Consumers of HOB lists that no harness can drive, or that turn on it: the environment variable
 * HOSTILE_CONSUMER says how (ci/prove/attempts). Without it, one that refuses every list.
 */
#include <stdlib.h>
#include <string.h>

#include "properties/abi/hobnail_consumer.h"

static const hobnail_consumer_host* g_host;

static int is(const char* word) {
  const char* const how = getenv("HOSTILE_CONSUMER");
  return how != NULL && strcmp(how, word) == 0;
}

static int take_over(const hobnail_consumer_host* host, const void* list, uint64_t bytes,
                     uint32_t runtime_granularity, hobnail_refusal* refusal) {
  (void)runtime_granularity;
  g_host = host;
  if (is("exit")) exit(0);
  if (is("stop")) host->stop("reader.c", 7, "\x1b[31mno");
  if (is("far")) refusal->offset = bytes + 8;
  if (is("past")) refusal->reason[0] = ((const char*)list)[bytes];
  if (is("odd")) return 7;
  while (is("hang")) {
  }
  memset(refusal->reason, is("control") ? 0x1b : 'x', sizeof refusal->reason);
  return is("endless") || is("beyond");
}

static uint64_t walk(hobnail_hob* hobs, uint64_t room) {
  if (is("beyond")) memset(hobs, 0, (size_t)(room + 1) * sizeof hobs[0]);
  return is("endless") ? UINT64_MAX : 0;
}

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const hobnail_consumer*
hobnail_get_consumer(void) {
  static hobnail_consumer table;
  table.abi = is("abi") ? 99 : HOBNAIL_CONSUMER_ABI;
  table.size = is("size") ? 8 : sizeof table;
  table.name = is("name") ? NULL : "hostile";
  table.flags = is("flags") ? 0x100 : is("memory") ? HOBNAIL_CONSUMER_NEEDS_MEMORY : 0;
  table.take_over = is("function") ? NULL : take_over;
  table.walk = walk;
  return is("null") ? NULL : &table;
}
