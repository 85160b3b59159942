/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A target that has nothing to give: refused.
 */
#include <stddef.h>

#include "properties/abi/hobnail_target.h"

const hobnail_target* hobnail_get_target(void) { return NULL; }
