// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReferenceStart: where DXE starts on a list of bytes, by the order of docs/pei-semantics.md 4.2:
// above PEI's memory, in its gap, below its list; then elsewhere, from the highest resource down.
#pragma once

#include <cstdint>
#include <optional>

#include "properties/oracle/dxe/reference_map.h"
#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail::oracle {

// DXE needs this much to begin (MINIMUM_INITIAL_MEMORY_SIZE, docs/pei-semantics.md 4.2).
inline constexpr std::uint64_t kFirstMemory = 0x10000;

// In [from, to) there is a free stretch of `bytes`, and none longer.
struct ReferenceStart {
  std::uint64_t from = 0;  // addresses
  std::uint64_t to = 0;
  std::uint64_t bytes = 0;
};

// `map`: reference_map(list, granularity). Nothing, and an error, when there is no such place.
[[nodiscard]] std::optional<ReferenceStart> reference_start(const ReferenceList& list,
                                                            const ReferenceMap& map,
                                                            std::uint64_t granularity,
                                                            ListError& error);

}  // namespace hobnail::oracle
