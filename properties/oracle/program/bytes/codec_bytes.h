// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The dense bytes of a program: the form that fuzzers mutate.
//
//   [version][board][garbage] then per op [opcode][operands ...]     variable length, front to back
//
// Total: every byte string is a program. Missing bytes read as 0; what follows the last op that
// fits (kOpsMax, or half an op at the end) is read with zeros. An op is chosen by a frozen table of
// 256 entries, never by a modulus. Laws: decode(encode(p)) == p for every program of at most
// kOpsMax ops; encode writes one canonical spelling of each op. Old versions keep decoding:
// corpus/golden/ holds them to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// The newest. Versions differ in the boards that they know; a program is written in the oldest that
// has its board, so that it has one spelling.
inline constexpr std::uint8_t kBytesVersion = 2;
// The newest, of a program without calls outside of the contract.
inline constexpr std::uint8_t kContractVersion = 3;

[[nodiscard]] Program decode_bytes(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::vector<std::uint8_t> encode_bytes(const Program& program);
// The longest front part of the program that takes at most so many bytes; the head at least.
[[nodiscard]] std::vector<std::uint8_t> encode_front(const Program& program, std::size_t bytes_max);

}  // namespace hobnail::oracle
