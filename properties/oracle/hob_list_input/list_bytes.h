// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The dense bytes of a HostileList: what fuzzers mutate.
//
//   [version][granularity][bottom][base][free top][top] then records [kind | variant][fields ...]
//
// An address is a byte where it can be: a page of PEI's memory, the end of the range before, or a
// number that people forget. Total: every byte string is a list. Missing bytes read as 0, and the
// list ends with them. Laws: decode(encode(l)) == l for every list that was decoded or parsed.
#pragma once

#include "properties/oracle/hob_list_input/list_input.h"

namespace pei::oracle {

[[nodiscard]] HostileList decode_hobs(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::vector<std::uint8_t> encode_hobs(const HostileList& list);

}  // namespace pei::oracle
