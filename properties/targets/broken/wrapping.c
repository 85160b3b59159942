/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * first-fit, which counts its allocations of pages in a byte until the migration: each 256th gets
 * the pages of the one before it once more, without a record.
 */
#include <stddef.h>
#include <stdint.h>

#include "properties/abi/hobnail_target.h"
#include "properties/targets/first_fit/pei.h"

/* first-fit's own hobnail_get_target, under another name. */
const hobnail_target* first_fit_get_target(void);

static uint8_t g_count;
static uint64_t g_last;
static EFI_PEI_SERVICES g_services;
static const EFI_PEI_SERVICES* g_table = &g_services;
static EFI_STATUS(EFIAPI* g_allocate_pages)(const EFI_PEI_SERVICES** services, uint32_t type,
                                            uintptr_t pages, uint64_t* memory);

static EFI_STATUS EFIAPI allocate_pages(const EFI_PEI_SERVICES** services, uint32_t type,
                                        uintptr_t pages, uint64_t* memory) {
  if (g_count == UINT8_MAX) {
    g_count = 0;
    *memory = g_last;
    return EFI_SUCCESS;
  }
  const EFI_STATUS status = g_allocate_pages(services, type, pages, memory);
  if (status == EFI_SUCCESS) {
    ++g_count;
    g_last = *memory;
  }
  return status;
}

static void* enter(const hobnail_host* host, const void* hand_off, const void* ppis) {
  void* const entered = first_fit_get_target()->enter(host, hand_off, ppis);
  if (entered == NULL) return NULL;
  g_count = 0;
  g_services = **(const EFI_PEI_SERVICES**)entered;
  g_allocate_pages = g_services.AllocatePages;
  g_services.AllocatePages = allocate_pages;
  return &g_table;
}

__attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  static hobnail_target target;
  target = *first_fit_get_target();
  target.name = "wrapping";
  target.enter = enter;
  return &target;
}
