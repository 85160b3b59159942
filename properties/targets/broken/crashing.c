/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target that writes to address 16 in a cold entry.
 */
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  (void)hand_off;
  (void)ppis;
  (void)host;
  volatile uintptr_t nowhere = 16;
  *(volatile char*)nowhere = 1;
  return NULL;
}

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = "crashing",
    .runtime_page_granularity = 4096,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
