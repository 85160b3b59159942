// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Moving and filling bytes: what CopyMem and SetMem mean (PI 1.8 Vol 1 section 4.6), and what the
// migration copies with. Not for device memory: the width of an access is not promised.
#pragma once

#include "core/pi/types.h"

namespace pei {

// Copies `length_bytes` bytes as if through a buffer in between, so that the ranges may overlap in
// either direction. 0 bytes: nothing happens, whatever the pointers. Asserts that neither range
// wraps around the end of the address space.
void copy_bytes(VOID* destination, const VOID* source, UINTN length_bytes);

// Sets `size_bytes` bytes to `value`. 0 bytes: nothing happens. Asserts that the range does not
// wrap. The order of arguments is that of SetMem, not that of memset.
void set_bytes(VOID* buffer, UINTN size_bytes, UINT8 value);

}  // namespace pei
