// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The mutator of fuzz targets whose bytes are HOB lists (list_bytes.h): one call in kFreshListOneIn
// gives a fresh list of the generator, the others are the engine's own mutations.
//
// Invariant: as of mutator.h. Targets get it by linking hobnail_list_mutator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/mutator/mutator.h"

namespace hobnail {

inline constexpr std::uint64_t kFreshListOneIn = 4;

// As mutate(). A fresh list that has no room leaves the call to `engine`.
[[nodiscard]] std::size_t mutate_list(std::span<std::uint8_t> buffer, std::size_t size,
                                      std::uint64_t seed, ByteMutation engine);

}  // namespace hobnail
