// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Page room: when a refusal to allocate pages is not justified. Generous to the target: it speaks
// up only where every correct implementation would have succeeded (I35, I51 of the reference).
#pragma once

#include <cstdint>
#include <string>

#include "properties/oracle/truths.h"

namespace pei::oracle {

// Why `pages` pages at `granularity` bytes must have fitted, in words; empty when they need not
// have.
[[nodiscard]] std::string room_for_pages(const Moment& now, std::uint64_t pages,
                                         std::uint64_t granularity);

}  // namespace pei::oracle
