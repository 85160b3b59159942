// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The `.hobs` text of a HobListInput: what is committed, and what a finding's banner says.
//
//   hobs v1
//   granularity 0x10000                            # optional: 0x1000 when absent
//   memory 0x100000 0x110000 0x1f0000 0x200000     # EfiMemoryBottom, PHIT, EfiFreeMemoryTop, top
//   Cpu 40
//   Resource SystemMemory 0x7 0x100000 0x100000    # type, attribute, base, length[, owner]
//   Resource2 SystemMemory 0x7 0x100000 0x100000 0x8   # ..., memory attributes[, owner]
//   Allocation BootServicesData 0x150000 0x2000 Stack
//   Module BootServicesCode 0x160000 0x8000
//   Fv 0xffe00000 0x200000                         # Fv2, Fv3, Capsule: the same
//   Bins RuntimeServicesData:16 Reserved:4 16:0    # type:pages; 16 ends the table
//   Guid None 16 hex 0102                          # name, bytes of the body, the first of them
//   Pool 40                                        # Unused: the same
//   Raw 0x1234 24 hex ff                           # any HOB type
//   patch 0x3a hex ff ff                           # bytes at an offset from the PHIT
//   give -8                                        # bytes beyond END; here END is lacking
//
// A line each; `#` starts a comment. HOBs stand in their order; patches apply last.
// Laws: parse(print(l)) == l for every list that was parsed or decoded; print(parse(x)) == x for
// every printed x.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {

[[nodiscard]] std::variant<HobListInput, TextError> parse_hobs(std::string_view text);
[[nodiscard]] std::string print_hobs(const HobListInput& list);

// True when `bytes` begin as such a text does (blank lines and comments aside).
[[nodiscard]] bool looks_like_hobs(std::string_view bytes);

// The words of GUIDs, by number.
[[nodiscard]] std::span<const std::string_view> known_guid_words();

}  // namespace hobnail::oracle
