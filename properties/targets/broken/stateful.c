/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * first-fit with state that outlives a boot; STATE says which:
 *
 *   1  a counter: from the fourth boot of its process on, FreePages fails with another status
 *   2  a hint: after a boot that allocated pages, a single page comes from another address
 *   3  a flag: after a boot that migrated, AllocatePool fails
 *   4  none, but a single page comes from either of two addresses at random
 */
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/first_fit/pei.h"

enum { COUNTS = 1, HINTS = 2, MIGRATES = 3, RANDOM = 4 };
#define EFI_NOT_FOUND (EFI_ERROR_BIT | 14)

/* first-fit's own hobnail_get_target, under another name. */
const hobnail_target* first_fit_get_target(void);

static EFI_PEI_SERVICES g_services;
static const EFI_PEI_SERVICES* g_pointer = &g_services;
static EFI_PEI_SERVICES g_inner;
static unsigned g_boots;
static int g_allocates, g_allocated_before;
static int g_migrates, g_migrated_before;

static int takes_other_page(void) {
  if (STATE == HINTS) return g_allocated_before;
  if (STATE != RANDOM) return 0;
  struct timespec now = {0, 0};
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_nsec >> 4 ^ now.tv_nsec >> 8) & 1;
}

static EFI_STATUS EFIAPI allocate_pages(const EFI_PEI_SERVICES** services, uint32_t type,
                                        uintptr_t pages, uint64_t* memory) {
  g_allocates = 1;
  if (pages != 1 || !takes_other_page())
    return g_inner.AllocatePages(services, type, pages, memory);
  const EFI_STATUS status = g_inner.AllocatePages(services, type, 2, memory);
  if (status != EFI_SUCCESS) return g_inner.AllocatePages(services, type, 1, memory);
  (void)g_inner.FreePages(services, *memory + EFI_PAGE_SIZE, 1);
  return status;
}

static EFI_STATUS EFIAPI allocate_pool(const EFI_PEI_SERVICES** services, uintptr_t size,
                                       void** buffer) {
  if (STATE == MIGRATES && g_migrated_before) return EFI_OUT_OF_RESOURCES;
  return g_inner.AllocatePool(services, size, buffer);
}

static EFI_STATUS EFIAPI free_pages(const EFI_PEI_SERVICES** services, uint64_t memory,
                                    uintptr_t pages) {
  const unsigned last = 3;
  const EFI_STATUS status = g_inner.FreePages(services, memory, pages);
  return STATE == COUNTS && status != EFI_SUCCESS && g_boots > last ? EFI_NOT_FOUND : status;
}

static EFI_STATUS EFIAPI install_memory(const EFI_PEI_SERVICES** services, uint64_t begin,
                                        uint64_t length) {
  const EFI_STATUS status = g_inner.InstallPeiMemory(services, begin, length);
  g_migrates = g_migrates || status == EFI_SUCCESS;
  return status;
}

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  void* const entered = first_fit_get_target()->enter(host, hand_off, ppis);
  ++g_boots;
  g_allocated_before = g_allocates;
  g_migrated_before = g_migrated_before || g_migrates == 2;
  g_allocates = g_migrates = 0;
  if (entered == NULL) return NULL;
  g_inner = **(const EFI_PEI_SERVICES**)entered;
  g_services = g_inner;
  g_services.AllocatePages = allocate_pages;
  g_services.AllocatePool = allocate_pool;
  g_services.FreePages = free_pages;
  g_services.InstallPeiMemory = install_memory;
  return &g_pointer;
}

static void* return_to_dispatcher(void) {
  void* const next = first_fit_get_target()->return_to_dispatcher();
  if (g_migrates) g_migrates = 2;
  return next == NULL ? NULL : &g_pointer;
}

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  static hobnail_target target;
  target = *first_fit_get_target();
  target.name = "stateful";
  target.enter = enter;
  target.return_to_dispatcher = return_to_dispatcher;
  return &target;
}
