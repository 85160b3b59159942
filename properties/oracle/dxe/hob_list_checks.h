// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobListChecks: a malformed list under test. Each reader of HOB lists reads this one, and each
// answer is compared with the reference.
//
//   bytes --> walk         every HOB, and where it stops         DXE-LIST
//         --> take_over    or where it is refused                DXE-LIST, FIRST-REGION
//         --> memory map   page by page, with attributes         DXE-MAP
//         --> exit         stale keys, then the right one        EBS-KEY, EBS-RUNTIME
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail::oracle {

// What a walker reports of bytes.
struct Walk {
  std::vector<std::uint64_t> offsets;      // of each HOB before it stopped
  std::vector<std::uint64_t> allocations;  // of those that it takes for memory allocations
  std::uint64_t stop = 0;                  // where it stopped
  bool ended = false;                      // at an END HOB
};

struct ListReaders {
  // Follows a list, at most `steps_max` HOBs of it, that a walk which does not come forward ends.
  Walk (*walk)(std::span<const std::uint8_t> bytes, std::size_t steps_max) = nullptr;
  DxeConsumer* consumer = nullptr;
};

// The first difference, under an id of rules(). `bytes` lie where they are to be read, at a
// multiple of 8. `granularity`: of runtime memory, in bytes.
[[nodiscard]] std::optional<Finding> check_hob_list(std::span<const std::uint8_t> bytes,
                                                    std::uint64_t granularity,
                                                    const ListReaders& readers);

// The bytes for people, 16 a line with their offset; of a long list the lines around `offset`.
[[nodiscard]] std::string hex_dump(std::span<const std::uint8_t> bytes, std::uint64_t offset);

}  // namespace hobnail::oracle
