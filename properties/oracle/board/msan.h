// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// MemorySanitizer's knowledge of what has been written, for the addresses that a target has;
// nothing where the build has no MemorySanitizer.
//
// Invariant: what a target reads there and neither it nor a PEIM nor the platform has written is a
// report as soon as anything depends on it, whatever garbage lies there. The harness reads through
// its view of the same memory, which has MemorySanitizer state of its own.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define HOBNAIL_MSAN 1
#endif
#endif

#if defined(HOBNAIL_MSAN)
#include <sanitizer/msan_interface.h>
#endif

namespace hobnail::oracle {

#if defined(HOBNAIL_MSAN)
inline void mark_uninitialized(const void* from, std::size_t bytes) { __msan_poison(from, bytes); }
inline void mark_initialized(const void* from, std::size_t bytes) { __msan_unpoison(from, bytes); }
#else
inline void mark_uninitialized(const void* /*from*/, std::size_t /*bytes*/) {}
inline void mark_initialized(const void* /*from*/, std::size_t /*bytes*/) {}
#endif

}  // namespace hobnail::oracle
