/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target of a later ABI than the harness's: rejected before anything else is read.
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
    .abi = 3u,
    .size = sizeof(hobnail_target),
    .name = "other_abi",
    .runtime_page_granularity = 4096,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
