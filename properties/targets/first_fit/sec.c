/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The cold entry: what SEC hands over becomes the first HOBs.
 *
 *   PeiTemporaryRamBase, to 8       EfiMemoryTop, to a page
 *     | PHIT | SEC's HOBs | SEC's stack | END | gap  |
 *
 * Invariant: a hand-off that cannot be worked with has left no trace. SEC's stack is recorded when
 * it is whole pages, as its record must be; otherwise the new stack gets the first record.
 */
#include <string.h>

#include "properties/targets/first_fit/first_fit.h"

boot_state g_boot;

static const EFI_GUID kInMemory = {
    0xf894643d, 0xc449, 0x42d1, {0x8e, 0xa8, 0x85, 0xbd, 0xd8, 0xc6, 0x5b, 0xde}};
static const EFI_GUID kHobData = {
    0x3ebdaf20, 0x6667, 0x40d8, {0xb4, 0xee, 0xf5, 0x99, 0x9a, 0xc1, 0xb7, 0x1f}};

static const EFI_PEI_PPI_DESCRIPTOR* find_ppi(const EFI_PEI_PPI_DESCRIPTOR* ppi,
                                              const EFI_GUID* name) {
  for (; ppi != NULL; ++ppi) {
    if (memcmp(ppi->Guid, name, sizeof *name) == 0) return ppi;
    if ((ppi->Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) return NULL;
  }
  return NULL;
}

static range range_from(const void* base, uintptr_t bytes) {
  return (range){address_of(base), address_of(base) + bytes};
}

static bool take_sec_hobs(const EFI_PEI_PPI_DESCRIPTOR* ppis) {
  const EFI_PEI_PPI_DESCRIPTOR* const descriptor = find_ppi(ppis, &kHobData);
  if (descriptor == NULL) return true;
  const EFI_SEC_HOB_DATA_PPI* const ppi = descriptor->Ppi;
  EFI_HOB_GENERIC_HEADER* hob = NULL;
  if (ppi->GetHobs(ppi, &hob) != EFI_SUCCESS || hob == NULL) return true; /* it has none */
  while (hob->HobType != EFI_HOB_TYPE_END_OF_HOB_LIST) {
    const uint16_t length = hob->HobLength;
    if (length < sizeof *hob || length % 8 != 0 || length > list_room()) return false;
    memcpy(append_hob(hob->HobType, length), hob, length);
    hob = at(address_of(hob) + length);
  }
  return true;
}

static void record_sec_stack(void) {
  const range stack = g_boot.stack;
  const bool whole = stack.base == page_down(stack.base) && stack.end == page_down(stack.end);
  if (whole && size_of(stack) != 0 && slots_left(list_room()) != 0) write_stack_record(stack);
}

bool enter_from_sec(const EFI_SEC_PEI_HAND_OFF* sec, const EFI_PEI_PPI_DESCRIPTOR* ppis) {
  memset(&g_boot, 0, sizeof g_boot);
  clear_pages();
  g_boot.temporary_ram = range_from(sec->TemporaryRamBase, sec->TemporaryRamSize);
  g_boot.heap = range_from(sec->PeiTemporaryRamBase, sec->PeiTemporaryRamSize);
  g_boot.stack = range_from(sec->StackBase, sec->StackSize);
  const range heap = {up8(g_boot.heap.base), page_down(g_boot.heap.end)};
  const uint64_t least = sizeof(EFI_HOB_HANDOFF_INFO_TABLE) + sizeof(EFI_HOB_GENERIC_HEADER);
  if (heap.end < heap.base || size_of(heap) < least) return false;
  g_boot.starts_in_memory = find_ppi(ppis, &kInMemory) != NULL;
  start_list(heap);
  if (!take_sec_hobs(ppis)) return false;
  record_sec_stack();
  return true;
}
