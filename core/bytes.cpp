// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Plain byte loops: the compiler makes wide moves of them, and they read as what they mean.
#include "core/bytes.h"

#include <limits>

#include "core/panic.h"

namespace pei {
namespace {

bool stays_in_address_space(const VOID* start, UINTN size_bytes) {
  return size_bytes - 1 <= std::numeric_limits<UINTN>::max() - reinterpret_cast<UINTN>(start);
}

}  // namespace

void copy_bytes(VOID* destination, const VOID* source, UINTN length_bytes) {
  if (length_bytes == 0 || destination == source) return;
  PEI_ASSERT(stays_in_address_space(destination, length_bytes));
  PEI_ASSERT(stays_in_address_space(source, length_bytes));

  UINT8* const to = static_cast<UINT8*>(destination);
  const UINT8* const from = static_cast<const UINT8*>(source);
  // Compared as numbers: pointers into different objects have no order in C++.
  if (reinterpret_cast<UINTN>(to) < reinterpret_cast<UINTN>(from)) {
    for (UINTN i = 0; i < length_bytes; ++i) to[i] = from[i];
  } else {
    // From the end, because the front of the source may lie under the destination.
    for (UINTN i = length_bytes; i > 0; --i) to[i - 1] = from[i - 1];
  }
}

void set_bytes(VOID* buffer, UINTN size_bytes, UINT8 value) {
  if (size_bytes == 0) return;
  PEI_ASSERT(stays_in_address_space(buffer, size_bytes));

  UINT8* const to = static_cast<UINT8*>(buffer);
  for (UINTN i = 0; i < size_bytes; ++i) to[i] = value;
}

}  // namespace pei
