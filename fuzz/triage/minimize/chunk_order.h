// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// In which order a minimizer tries to delete runs of what it minimizes.
//
// Invariant: the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hobnail {

// Which run of `size` is the first, the second and so on, of `count` things: from the end, for what
// stands behind leans on what stands before; or, with a seed that is not 0, in an order of its own.
[[nodiscard]] std::vector<std::size_t> chunk_order(std::size_t count, std::size_t size,
                                                   std::uint64_t seed);

}  // namespace hobnail
