// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs written down as words of 64 bits: type and length of a header, then its body.
#pragma once

#include "core/pi/hob.h"

namespace pei::test {

constexpr UINT64 header(UINT64 type, UINT64 length) { return type | length << 16; }
inline constexpr UINT64 kEnd = header(EFI_HOB_TYPE_END_OF_HOB_LIST, 8);

}  // namespace pei::test
