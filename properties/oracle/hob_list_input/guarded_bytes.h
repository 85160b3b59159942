// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GuardedBytes: a place for bytes that a consumer is to read. They end where a guard page
// begins, and under AddressSanitizer what lies before and behind them is closed too.
//
//   [ closed ....... | bytes | <8 closed ][ guard page ]
//                    ^ a multiple of 8
//
// Invariant: the bytes start at a multiple of 8; the process has one such place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace hobnail::oracle {

inline constexpr std::size_t kGuardedBytesMax = 0x20000;

// Copies at most kGuardedBytesMax bytes there; what was there before is gone. Ends the process with
// a message and code 2 when the system gives no such place.
[[nodiscard]] std::span<const std::uint8_t> place_guarded(std::span<const std::uint8_t> bytes);

// What was placed last; empty before.
[[nodiscard]] std::span<const std::uint8_t> guarded_bytes();

// Where an access begins that no reader of these bytes may make: "0x8 bytes behind its end". Empty
// when it is too far away to be one of theirs.
[[nodiscard]] std::string place_beside(std::span<const std::uint8_t> bytes, std::uint64_t address);

}  // namespace hobnail::oracle
