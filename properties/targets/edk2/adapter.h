/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * The border between EDK II and the harness. coroutine.c includes the target ABI and the C library,
 * core.c and libraries.c include EDK II's headers; only plain C types cross.
 *
 * Invariant: PeiCore() runs on the coroutine's stack, services run on the harness's. The harness's
 * functions are called on the harness's stack only.
 */
#ifndef HOBNAIL_EDK2_ADAPTER_H_
#define HOBNAIL_EDK2_ADAPTER_H_

#include <stddef.h>
#include <stdint.h>

/* coroutine.c */

/* On the coroutine: a PEIM runs now. Returns when it returns to the dispatcher. */
void adapter_yield(void* services);
/* On either stack: ends the boot. Never returns, but compilers are not told: code of the core after
   an ASSERT stays reachable. */
void adapter_stop(const char* file, int line, const char* function, const char* text);
/* On the coroutine: its frames exist a second time, `distance` bytes (modulo 2^64) away. */
void adapter_copy_stack(uintptr_t distance);

/* core.c */

/* 0 when this core cannot start from SEC's hand-off. */
int edk2_accepts(const void* hand_off, const void* ppis, size_t least_heap, unsigned lacks);
/* On the coroutine: PeiCore. Does not return. */
void edk2_start(const void* hand_off, const void* ppis);

#endif
