// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Shapes: programs of a kind, made of any program. Each is idempotent.
#pragma once

#include <cstddef>
#include <cstdint>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

// A boot that installs all of the first memory after a third of it, and migrates after two.
[[nodiscard]] Program migrates(Program program);

// The program without HandOff and ExitBootServices.
[[nodiscard]] Program within_pei(Program program);

// The first `count` ops of a program.
[[nodiscard]] Program first_ops(const Program& program, std::size_t count);

// How many results of AllocatePages the program names: the next one is p<n>.
[[nodiscard]] std::size_t page_results(const Program& program);

// An op with a number and a quantity.
[[nodiscard]] Op quantity_op(OpCode code, std::uint32_t number, Measure measure,
                             std::uint64_t value);
[[nodiscard]] Op allocate_pages(std::uint32_t type, std::uint64_t pages);
[[nodiscard]] Op free_pages(const Place& place, std::uint64_t pages);
// Page `offset_pages` of p<handle>.
[[nodiscard]] Place page_of(std::size_t handle, std::uint64_t offset_pages);

// The program without the ops that name an address as a number: on another board, or on a shifted
// one, such an address is another thing.
[[nodiscard]] Program without_addresses(Program program);

// Requests that any core has room for: board roomy, small literal sizes, some hundred KiB in all.
// What PI leaves to a core when memory is short cannot show in it, nor where it puts blocks: places
// are in blocks that live.
[[nodiscard]] Program with_room(Program program);

}  // namespace hobnail::oracle
