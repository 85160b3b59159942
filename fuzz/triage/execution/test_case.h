// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What can be run: a boot or a HOB list, and the bytes that executors take for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

using TestCase = std::variant<oracle::Program, oracle::HobListInput>;

[[nodiscard]] std::vector<std::uint8_t> encode(const oracle::Program& program);
[[nodiscard]] std::vector<std::uint8_t> encode(const oracle::HobListInput& list);

// Ops; HOBs and patches.
[[nodiscard]] std::size_t size_of(const oracle::Program& program);
[[nodiscard]] std::size_t size_of(const oracle::HobListInput& list);
[[nodiscard]] std::size_t size_of(const TestCase& test);

}  // namespace hobnail
