/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * Targets that answer NULL to every cold entry. TARGET_ABI, TARGET_BYTES and TARGET_GRANULARITY
 * are what their tables say; with what PI and the ABI ask for, the finding is ENTER, with other
 * values the harness rejects the target before it enters.
 */
#include <stddef.h>

#include "properties/abi/hobnail_target.h"

#ifndef TARGET_ABI
#define TARGET_ABI HOBNAIL_TARGET_ABI
#endif
#ifndef TARGET_BYTES
#define TARGET_BYTES sizeof(hobnail_target)
#endif
#ifndef TARGET_GRANULARITY
#define TARGET_GRANULARITY 4096
#endif

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  (void)host;
  (void)hand_off;
  (void)ppis;
  return NULL;
}

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = TARGET_ABI,
    .size = TARGET_BYTES,
    .name = TARGET_NAME,
    .runtime_page_granularity = TARGET_GRANULARITY,
    .enter = enter,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
