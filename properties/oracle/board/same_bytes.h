// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparison of memory that the harness itself has checked to be there. Without the sanitizer's
// checks of every access: it runs after each call over everything that is live.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "properties/oracle/board/asan.h"

#if defined(__clang__)
#define HOBNAIL_UNCHECKED __attribute__((no_sanitize("address", "coverage")))
#elif defined(__GNUC__)
#define HOBNAIL_UNCHECKED __attribute__((no_sanitize("address")))
#else
#define HOBNAIL_UNCHECKED
#endif

namespace hobnail::oracle {

// Words at any alignment, which may stand for bytes of any object.
using LooseWord __attribute__((may_alias, aligned(1))) = std::uint64_t;
using WordPair __attribute__((vector_size(16))) = std::uint64_t;

HOBNAIL_UNCHECKED inline bool same_bytes(const std::uint8_t* a, const std::uint8_t* b,
                                         std::size_t bytes) {
  // With AddressSanitizer memcmp is its own, which checks both ranges first; in a fuzz target it is
  // the engine's, which is slow for a few bytes.
  constexpr std::size_t kFew = 128;
  if (!kAddressSanitizer && bytes > kFew) return std::memcmp(a, b, bytes) == 0;
  std::size_t at = 0;
  for (; at + 64 <= bytes; at += 64) {
    // Copied: gcc assumes 16-byte alignment for a pointer to WordPair.
    WordPair x[4];
    WordPair y[4];
    __builtin_memcpy(x, a + at, sizeof x);
    __builtin_memcpy(y, b + at, sizeof y);
    const WordPair change = (x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]);
    if ((change[0] | change[1]) != 0) return false;
  }
  for (; at + 8 <= bytes; at += 8) {
    if (*reinterpret_cast<const LooseWord*>(a + at) !=
        *reinterpret_cast<const LooseWord*>(b + at)) {
      return false;
    }
  }
  for (; at < bytes; ++at) {
    if (a[at] != b[at]) return false;
  }
  return true;
}

}  // namespace hobnail::oracle
