// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// compare_hob_lists: is one HOB list the other, somewhere else in memory?
//
// Equal means: the same HOBs in the same order, of the same types and lengths, with the same
// payloads. Aside: the addresses of the PHIT, the base of a memory allocation, and what stands in
// an UNUSED HOB, which no reader may use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hobnail {

struct HobDifference {
  std::size_t index = 0;  // of the HOB; the PHIT is 0
  std::string text;       // one line: what is different
};

// Empty when the lists are equal. A list that cannot be walked is a difference.
[[nodiscard]] std::vector<HobDifference> compare_hob_lists(std::span<const std::uint8_t> real,
                                                           std::span<const std::uint8_t> rebuilt);

}  // namespace hobnail
