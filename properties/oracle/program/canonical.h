// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The canonical form of a program: what both codecs read and write. Two programs that differ only
// in a field that does not count for its op have the same canonical form.
//
// A program is canonical when
//   - its board stands in the table and it has at most kOpsMax ops;
//   - every field that is no operand of its op has its default;
//   - numbers fit their operand (a HOB type 16 bits, a byte value 8), data holds at most 0xFFF8;
//   - a place has an index only where its anchor takes one, and that is at most 16383;
//   - an offset counts pages only in a PagePlace measured from page[n], freed[n] or p<n>.
//
// Law: canonical(canonical(p)) == canonical(p); decode_bytes and parse_text yield such programs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

inline constexpr std::size_t kDataMax = 0xFFF8;
inline constexpr std::uint16_t kIndexMax = 16383;
inline constexpr std::size_t kAnchors = 16;
inline constexpr std::size_t kMeasures = 7;
inline constexpr std::size_t kBodies = 5;

// True when the anchor takes an index: page[n], p<n>, dram<n> ...
[[nodiscard]] bool takes_index(Anchor anchor);

// True when an offset from this anchor may count pages.
[[nodiscard]] bool counts_pages(Anchor anchor);

// True when `operand` is among the operands of the op.
[[nodiscard]] bool has_operand(OpCode code, Operand operand);

[[nodiscard]] Op canonical(Op op);
[[nodiscard]] Program canonical(Program program);

}  // namespace hobnail::oracle
