// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The dense bytes of a program: the form that fuzzers mutate.
//
//   [version][board][garbage] then per op [opcode][operands ...]     variable length, front to back
//
// Version 3 has a byte of flags after the garbage (bit 0 is the program's mark `contract`), and an
// opcode that begins a repeated group:
//
//   [26][ops of a round - 1][rounds] then the ops of a round           repeat.h
//
// Total: every byte string is a program. Missing bytes read as 0; half an op at the end is read
// with zeros, and what follows the last op that a program may have is ignored. An op is chosen by a
// frozen table of 256 entries, never by a modulus. Laws: decode(encode(p)) == p for every program
// of at most kOpsMax ops; encode writes one canonical spelling of each op. Old versions keep
// decoding: corpus/golden/ holds them to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// The newest. A program is written in the oldest version that can spell it, so that it has one
// spelling: version 1 has eight boards, version 2 the others, version 3 what is said above, more
// than kOpsUnrolled ops, and indices above 4095.
inline constexpr std::uint8_t kBytesVersion = 3;

[[nodiscard]] Program decode_bytes(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::vector<std::uint8_t> encode_bytes(Program program);
// The longest front part of the program, groups uncut, that takes at most so many bytes; the head
// at least.
[[nodiscard]] std::vector<std::uint8_t> encode_front(Program program, std::size_t bytes_max);

}  // namespace hobnail::oracle
