// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AddressSanitizer's manual poisoning, or nothing in a build without it.
//
// Invariant: HOBNAIL_ASAN is the same in all files of a program. The build defines it for files
// that are compiled without AddressSanitizer but linked into a program that has it.
#pragma once

#include <cstddef>

#if defined(HOBNAIL_ASAN)
#elif defined(__SANITIZE_ADDRESS__)
#define HOBNAIL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HOBNAIL_ASAN 1
#endif
#endif

#if defined(HOBNAIL_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace hobnail::oracle {

#if defined(HOBNAIL_ASAN)
inline constexpr bool kAddressSanitizer = true;
inline void poison(const void* from, std::size_t bytes) {
  __asan_poison_memory_region(from, bytes);
}
inline void unpoison(const void* from, std::size_t bytes) {
  __asan_unpoison_memory_region(from, bytes);
}
#else
inline constexpr bool kAddressSanitizer = false;
inline void poison(const void* /*from*/, std::size_t /*bytes*/) {}
inline void unpoison(const void* /*from*/, std::size_t /*bytes*/) {}
#endif

}  // namespace hobnail::oracle
