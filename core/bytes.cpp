// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Copying and filling, a word at a time where both ends allow it: temporary RAM is slow memory, and
// the migration copies all that is in use of it.
#include "core/bytes.h"

#include <limits>

#include "core/address.h"
#include "core/panic.h"

namespace pei {
namespace {

// A word that may stand for bytes of any object.
using Word __attribute__((may_alias)) = UINTN;

constexpr UINTN kWordBytes = sizeof(Word);

bool stays_in_address_space(const VOID* start, UINTN size_bytes) {
  return size_bytes - 1 <= std::numeric_limits<UINTN>::max() - reinterpret_cast<UINTN>(start);
}

bool word_aligned(const UINT8* pointer) { return is_aligned(address_of(pointer), kWordBytes); }

// Both can be brought onto word boundaries by the same number of bytes.
bool step_together(const UINT8* to, const UINT8* from) {
  return address_of(to) % kWordBytes == address_of(from) % kWordBytes;
}

void copy_upward(UINT8* to, const UINT8* from, UINTN left) {
  if (step_together(to, from)) {
    for (; left > 0 && !word_aligned(to); --left) *to++ = *from++;
    for (; left >= kWordBytes; left -= kWordBytes, to += kWordBytes, from += kWordBytes) {
      *reinterpret_cast<Word*>(to) = *reinterpret_cast<const Word*>(from);
    }
  }
  for (; left > 0; --left) *to++ = *from++;
}

// From the end, because the front of the source may lie under the destination.
void copy_downward(UINT8* to, const UINT8* from, UINTN left) {
  if (step_together(to, from)) {
    for (; left > 0 && !word_aligned(to + left); --left) to[left - 1] = from[left - 1];
    for (; left >= kWordBytes; left -= kWordBytes) {
      const UINTN at = left - kWordBytes;
      *reinterpret_cast<Word*>(to + at) = *reinterpret_cast<const Word*>(from + at);
    }
  }
  for (; left > 0; --left) to[left - 1] = from[left - 1];
}

}  // namespace

void copy_bytes(VOID* destination, const VOID* source, UINTN length_bytes) {
  if (length_bytes == 0 || destination == source) return;
  PEI_ASSERT(stays_in_address_space(destination, length_bytes));
  PEI_ASSERT(stays_in_address_space(source, length_bytes));

  UINT8* const to = static_cast<UINT8*>(destination);
  const UINT8* const from = static_cast<const UINT8*>(source);
  // Compared as numbers: pointers into different objects have no order in C++.
  if (address_of(to) < address_of(from)) {
    copy_upward(to, from, length_bytes);
  } else {
    copy_downward(to, from, length_bytes);
  }
}

void set_bytes(VOID* buffer, UINTN size_bytes, UINT8 value) {
  if (size_bytes == 0) return;
  PEI_ASSERT(stays_in_address_space(buffer, size_bytes));

  UINT8* to = static_cast<UINT8*>(buffer);
  UINTN left = size_bytes;
  const Word pattern = ~Word{0} / 0xff * value;
  for (; left > 0 && !word_aligned(to); --left) *to++ = value;
  for (; left >= kWordBytes; left -= kWordBytes, to += kWordBytes) {
    *reinterpret_cast<Word*>(to) = pattern;
  }
  for (; left > 0; --left) *to++ = value;
}

}  // namespace pei
