/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The border between EDK II and the harness: consumer.c includes the consumer ABI and the C
 * library, the other sources include EDK II.
 *
 * Invariant: only plain C types cross.
 */
#ifndef HOBNAIL_EDK2_CONSUMER_ADAPTER_H_
#define HOBNAIL_EDK2_CONSUMER_ADAPTER_H_

#include <stdint.h>

/* Ends the boot or list. It never returns, which compilers are not told: what follows an ASSERT is
   code. */
void adapter_stop(const char* file, int line, const char* function, const char* text);

/* The reader that is linked in: the DXE core has a map, HobLib has none. */
extern const char* const edk2_name;
extern const int edk2_has_map;

/* Takes over the list, which is at its place. */
void edk2_take_over(void* list);

typedef struct {
  uint64_t offset;
  uint32_t length;
  uint16_t type;
} edk2_hob;
/* The HOBs as HobLib finds them: stores at most `room` of them and returns how many there are. */
uint64_t edk2_walk(edk2_hob* hobs, uint64_t room);

typedef struct {
  uint32_t type;
  uint64_t base;
  uint64_t pages;
  uint64_t attribute;
} edk2_memory;
/* GetMemoryMap into `buffer` of *bytes; the EFI_STATUS, and what the service returns. */
uint64_t edk2_get_memory_map(uint64_t* bytes, void* buffer, uint64_t* key, uint64_t* stride);
edk2_memory edk2_entry(const void* descriptor);
uint64_t edk2_exit_boot_services(uint64_t key);

#endif
