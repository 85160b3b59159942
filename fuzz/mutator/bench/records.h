// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Programs as records of a fixed size, for the bench of mutators alone: what is commonly done, and
// what the dense bytes are compared with.
//
//   [version][board][garbage][0 ...] then per op [opcode][operands ...][unused ...]
//
// A record holds the dense bytes of one op and is read with zeros past its end, so that the tables
// of opcodes and operands are the same on both sides and only the padding differs. Inserting a byte
// shifts all that follows; no op is ever read out of step within a whole record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "properties/oracle/program/program.h"

namespace hobnail {

inline constexpr std::size_t kRecordBytes = 8;

[[nodiscard]] pei::oracle::Program decode_records(std::span<const std::uint8_t> bytes);

}  // namespace hobnail
