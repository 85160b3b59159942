// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Comparing GUIDs. They come from lists that others have written, where one may lie at any address
// that is a multiple of 4.
#pragma once

#include "core/pi/types.h"

namespace pei {

constexpr bool same_guid(const EFI_GUID& left, const EFI_GUID& right) {
  if (left.Data1 != right.Data1 || left.Data2 != right.Data2 || left.Data3 != right.Data3) {
    return false;
  }
  for (UINTN i = 0; i < sizeof(left.Data4); ++i) {
    if (left.Data4[i] != right.Data4[i]) return false;
  }
  return true;
}

}  // namespace pei
