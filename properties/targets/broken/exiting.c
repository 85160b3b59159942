/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target that ends the process, as if all were well.
 */
#include <stddef.h>
#include <stdlib.h>

#include "properties/abi/hobnail_target.h"

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  (void)hand_off;
  (void)ppis;
  (void)host;
  exit(0);
}

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = "exiting",
    .runtime_page_granularity = 4096,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
