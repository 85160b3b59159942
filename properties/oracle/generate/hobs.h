// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs that platforms build, and some that none should.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/generate/operands.h"
#include "properties/oracle/pi.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

// Appends the low `bytes` of a number, little-endian.
void put_number(std::vector<std::uint8_t>& data, std::uint64_t value, int bytes);

// A CreateHob of a resource HOB: tested system memory.
void create_memory_resource(const EFI_GUID& owner, const Region& memory, Op& op);

// Fills the operands of a CreateHob; well-formed ones describe the memory of `board`.
void choose_hob(Random& random, const GeneratorProfile& character, std::uint8_t board, Op& op);

}  // namespace hobnail::oracle
