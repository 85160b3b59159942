// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// An outcome as bytes, to be sent from a child to its parent.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "properties/oracle/boot/run.h"

namespace pei::oracle {

[[nodiscard]] std::vector<std::uint8_t> to_bytes(const Outcome& outcome);
// Empty when the bytes are none of an outcome's: a target may have written into the pipe.
[[nodiscard]] std::optional<Outcome> outcome_of(std::span<const std::uint8_t> bytes);

}  // namespace pei::oracle
