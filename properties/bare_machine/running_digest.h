// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// RunningDigest: the mixing function of the oracle's outcomes (properties/oracle/boot/boot.cpp),
// once more, because a bare machine has no oracle.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

class RunningDigest {
 public:
  void mix(pei::UINT64 value) {
    value_ = (value_ ^ value) * 0x9e3779b97f4a7c15;
    value_ ^= value_ >> 32;
  }
  // `bytes` is a multiple of 8, and so is the address.
  void mix_words(pei::UINT64 base, pei::UINT64 bytes) {
    using Word __attribute__((may_alias)) = pei::UINT64;
    const auto* const words = reinterpret_cast<const Word*>(static_cast<pei::UINTN>(base));
    for (pei::UINT64 i = 0; i < bytes / 8; ++i) mix(words[i]);
  }
  [[nodiscard]] pei::UINT64 value() const { return value_; }

 private:
  pei::UINT64 value_ = 0;
};

}  // namespace hobnail::bare
