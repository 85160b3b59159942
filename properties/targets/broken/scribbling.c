/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target that writes over the stack of its caller, upwards from its own frame.
 */
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  (void)hand_off;
  (void)ppis;
  (void)host;
  volatile char here = 0;
  volatile uintptr_t from = (uintptr_t)&here;
  for (uintptr_t at = from; at < from + 4096; ++at) *(volatile char*)at = 0x41;
  return NULL;
}

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = "scribbling",
    .runtime_page_granularity = 4096,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
