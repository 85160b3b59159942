// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The HOB list of the tests: memory of 2 MiB under a CPU HOB, and what a test adds.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {

inline constexpr std::string_view kListHead =
    "hobs v1\nmemory 0x100000 0x110000 0x1f0000 0x200000\n";

// A text that is no list is a failure of the test.
inline oracle::HobListInput bare(std::string_view text) {
  auto parsed = oracle::parse_hobs(std::string(kListHead) + std::string(text));
  EXPECT_TRUE(std::holds_alternative<oracle::HobListInput>(parsed)) << text;
  return std::get<oracle::HobListInput>(std::move(parsed));
}
inline oracle::HobListInput listed(const std::string& more) {
  return bare("Cpu 40\nResource SystemMemory 0x7 0x100000 0x300000\n" + more);
}

}  // namespace hobnail
