/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target that cannot be entered: refused.
 */
#include <stddef.h>

#include "properties/abi/hobnail_target.h"

static void* return_to_dispatcher(void) { return NULL; }

static const hobnail_target kTarget = {
    .abi = HOBNAIL_TARGET_ABI,
    .size = sizeof(hobnail_target),
    .name = "no_entry",
    .runtime_page_granularity = 4096,
    .enter = NULL,
    .return_to_dispatcher = return_to_dispatcher,
};

const hobnail_target* hobnail_get_target(void) { return &kTarget; }
