// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AddressSanitizer's manual poisoning, or nothing where the build has none.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define HOBNAIL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HOBNAIL_ASAN 1
#endif
#endif

#if defined(HOBNAIL_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace pei::oracle {

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

}  // namespace pei::oracle
