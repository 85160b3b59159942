/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * first-fit with a memory: it counts the boots of its process, and in every second one it has taken
 * a pool buffer for itself before the first PEIM runs. Each boot by itself is a right one.
 */
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/first_fit/pei.h"

/* first-fit's own hobnail_get_target, under another name. */
const hobnail_target* first_fit_get_target(void);

static unsigned g_boots;

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  void* const entered = first_fit_get_target()->enter(host, hand_off, ppis);
  if (entered == NULL || ++g_boots % 2 != 0) return entered;
  const EFI_PEI_SERVICES** const services = (const EFI_PEI_SERVICES**)entered;
  void* buffer = NULL;
  (void)(*services)->AllocatePool(services, 24, &buffer);
  return entered;
}

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  static hobnail_target target;
  target = *first_fit_get_target();
  target.name = "counting";
  target.enter = enter;
  return &target;
}
