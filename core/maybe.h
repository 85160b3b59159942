// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Maybe: a value or nothing. A plan that does not fit is nothing; there is no second meaning, so
// there is no error code to carry.
#pragma once

#include "core/panic.h"

namespace pei {

template <typename T>
class [[nodiscard]] Maybe {
 public:
  constexpr Maybe() = default;
  constexpr Maybe(const T& value) : value_(value), present_(true) {}  // so that plans just return

  constexpr explicit operator bool() const { return present_; }

  // The value. Asserts that there is one.
  constexpr const T& operator*() const {
    PEI_ASSERT(present_);
    return value_;
  }
  constexpr const T* operator->() const { return &**this; }

 private:
  T value_{};
  bool present_ = false;
};

static_assert(!Maybe<int>() && Maybe<int>(0) && *Maybe<int>(7) == 7);

}  // namespace pei
