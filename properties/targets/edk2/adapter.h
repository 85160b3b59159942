/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The border between EDK II and the harness: coroutine.c includes the target ABI and the C library,
 * core.c and libraries.c include EDK II. Only plain C types cross.
 *
 * Invariant: the harness's functions are called on the harness's stack only.
 */
#ifndef HOBNAIL_EDK2_ADAPTER_H_
#define HOBNAIL_EDK2_ADAPTER_H_

#include <stdint.h>

/* On the coroutine: a PEIM runs now. Returns when it returns to the dispatcher. */
void adapter_yield(void* services);
/* Ends the boot. It never returns, which compilers are not told: what follows an ASSERT is code. */
void adapter_stop(const char* file, int line, const char* function, const char* text);
/* On the coroutine: copies its frames to `distance` bytes (modulo 2^64) from where they are. */
void adapter_copy_stack(uintptr_t distance);
/* On the coroutine: PeiCore, which does not return. */
void edk2_start(const void* hand_off, const void* ppis);

#endif
