/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * What SEC brings: HOBs of its own, permanent memory from the start, and a platform that moves
 * temporary RAM (docs/pei-semantics.md 3.4). Only the policy that is EDK II's leaves the moving to
 * it.
 */
#include <string.h>

#include "properties/targets/edk2_like/pei.h"

#define LAST 0x80000000u /* EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST */

typedef struct ppi_descriptor {
  uintptr_t flags;
  const uint8_t* guid;
  const void* ppi;
} ppi_descriptor;

typedef struct mover_ppi {
  move_ram move;
} mover_ppi;

typedef struct hob_data_ppi hob_data_ppi;
struct hob_data_ppi {
  status_t(EFIAPI* get_hobs)(const hob_data_ppi*, hob**);
};

static const uint8_t kMover[16] = {0xa9, 0x3a, 0xe2, 0xdb, 0x45, 0xa3, 0x97, 0x4b,
                                   0x85, 0xb6, 0xb2, 0x26, 0xf1, 0x61, 0x73, 0x89};
static const uint8_t kInMemory[16] = {0x3d, 0x64, 0x94, 0xf8, 0x49, 0xc4, 0xd1, 0x42,
                                      0x8e, 0xa8, 0x85, 0xbd, 0xd8, 0xc6, 0x5b, 0xde};
static const uint8_t kHobData[16] = {0x20, 0xaf, 0xbd, 0x3e, 0x67, 0x66, 0xd8, 0x40,
                                     0xb4, 0xee, 0xf5, 0x99, 0x9a, 0xc1, 0xb7, 0x1f};

static bool is(const ppi_descriptor* at, const uint8_t* guid) {
  return memcmp(at->guid, guid, 16) == 0;
}

static bool take_hobs(const hob_data_ppi* ppi) {
  hob* list = NULL;
  if (ppi->get_hobs(ppi, &list) != SUCCESS) return true;
  return append_sec_hobs(list);
}

bool take_ppis(const void* list) {
  for (const ppi_descriptor* at = list; at != NULL; ++at) {
    if (is(at, kInMemory)) pei.memory_installed = true;
    if (is(at, kMover) && pei.policy == EDK2) pei.mover = ((const mover_ppi*)at->ppi)->move;
    if (is(at, kHobData) && !take_hobs(at->ppi)) return false;
    if ((at->flags & LAST) != 0) break;
  }
  return true;
}

static bool is_phit(uint64_t at, const phit_hob* old) {
  return at % 8 == 0 && memcmp(pointer(at), old, sizeof *old) == 0;
}

/* The old stack's image ends with the new stack; the heap's is directly above, or as far above as
   it was in temporary RAM. */
uint64_t have_moved(const void* services, uint64_t stack_top) {
  const phit_hob old = *pei.phit;
  const uint64_t image = stack_top - pei.sec.stack_size;
  const uint64_t apart = address(pei.sec.heap) - address(pei.sec.temporary_ram);
  pei.mover(services, address(pei.sec.temporary_ram), image, pei.sec.temporary_ram_size);
  if (has(H42) && pei.phit->header.type != TYPE_PHIT) return 0;
  if (has(H15) || is_phit(stack_top, &old)) return stack_top;
  return is_phit(image + apart, &old) ? image + apart : 0;
}
