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
  // All of [base, end), which are multiples of 8.
  void mix_words(pei::UINT64 base, pei::UINT64 end) {
    for (const Word* word = at(base); word != at(end); ++word) mix(*word);
  }
  // The same of memory that is mostly zero: blocks that are not, each with its address.
  void mix_blocks(pei::UINT64 base, pei::UINT64 end) {
    for (; base + kBlock <= end; base += kBlock) {
      const Word* const word = at(base);
      if ((word[0] | word[1] | word[2] | word[3] | word[4] | word[5] | word[6] | word[7]) == 0) {
        continue;
      }
      mix(base);
      mix_words(base, base + kBlock);
    }
    mix_words(base, end);
  }
  [[nodiscard]] pei::UINT64 value() const { return value_; }

 private:
  using Word __attribute__((may_alias)) = pei::UINT64;
  static constexpr pei::UINT64 kBlock = 64;

  static const Word* at(pei::UINT64 address) {
    return reinterpret_cast<const Word*>(static_cast<pei::UINTN>(address));
  }

  pei::UINT64 value_ = 0;
};

}  // namespace hobnail::bare
