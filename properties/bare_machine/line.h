// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Line: one line of text in storage of its own, for a machine without a library.
//
// Invariant: the text ends with 0; what does not fit is left out.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

class Line {
 public:
  Line& add(const char* text) {
    for (; *text != '\0'; ++text) add(*text);
    return *this;
  }
  Line& add_hex(pei::UINT64 number) {
    for (int shift = 60; shift >= 0; shift -= 4) add("0123456789abcdef"[number >> shift & 0xf]);
    return *this;
  }
  Line& add_decimal(pei::UINT64 number) {
    if (number >= 10) add_decimal(number / 10);
    return add(static_cast<char>('0' + number % 10));
  }
  [[nodiscard]] const char* text() const { return text_; }

 private:
  static constexpr pei::UINTN kMost = 400;

  Line& add(char c) {
    if (length_ + 1 < kMost) text_[length_++] = c;
    return *this;
  }

  char text_[kMost] = {};
  pei::UINTN length_ = 0;
};

}  // namespace hobnail::bare
