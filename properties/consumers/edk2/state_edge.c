/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * Linked before and after EDK II's objects: a linker keeps their order, so that the data of EDK II
 * lie between the two edges. Compiled without instrumentation, which would move them.
 */
#define NAME_OF(what, edge) hobnail_##what##_##edge
#define NAME(what, edge) NAME_OF(what, edge)

__attribute__((visibility("hidden"), aligned(64))) char NAME(data, HOBNAIL_EDGE)[64] = {1};
__attribute__((visibility("hidden"), aligned(64))) char NAME(bss, HOBNAIL_EDGE)[64];
