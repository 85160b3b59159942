// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing to a pipe: a write may be interrupted, and may take a part only.
#pragma once

#include <cstddef>

namespace hobnail::oracle {

// All `bytes` at `from`, to the file descriptor `to`; false when the reader has closed it.
[[nodiscard]] bool write_all(int to, const void* from, std::size_t bytes);

}  // namespace hobnail::oracle
