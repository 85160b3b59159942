/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target whose runtime granules are no power of two: refused.
 */
#include <stddef.h>

#include "properties/abi/hobnail_target.h"

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  (void)host;
  (void)hand_off;
  (void)ppis;
  return NULL;
}

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = "odd_granularity",
    .runtime_page_granularity = 5000,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
