// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Garbage: the bytes that memory holds before a boot. Temporary RAM is filled by the number that a
// program names; permanent memory holds the same bytes in every boot, zeros where it is large.
//
// Invariant: the bytes are a function of the number and the place.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hobnail::oracle {

// The bytes of permanent memory repeat after so many.
inline constexpr std::size_t kGarbageSize = 0x10000;

// `garbage`: 1 gives zeros, 2 gives ones, any other value its own pseudo-random bytes.
void fill_with_garbage(std::uint8_t* to, std::size_t size, std::uint8_t garbage);

// The bytes of permanent memory from `at` on, up to the next multiple of kGarbageSize at least.
[[nodiscard]] const std::uint8_t* garbage_at(std::size_t at);
[[nodiscard]] const std::uint8_t* zeros_at(std::size_t at);

}  // namespace hobnail::oracle
