// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What differs between two snapshots, as the data of an OpRecord; and between a snapshot and
// memory, as the evidence of a finding.
#pragma once

#include <string>

#include "properties/oracle/board/board.h"
#include "properties/oracle/boot/op_record.h"
#include "properties/oracle/model/list_snapshot.h"

namespace hobnail::oracle {

// Of one list: HOBs and cursors. Both snapshots have the same base.
[[nodiscard]] ListChange list_change(const HobListSnapshot& before, const HobListSnapshot& after);

// Of a list and its copy. `platform_image`: where the platform put temporary RAM, or 0.
[[nodiscard]] Migration migration_between(const HobListSnapshot& before,
                                          const HobListSnapshot& after,
                                          std::uint64_t platform_image);

// The first field of the list in memory that is not as `before`: of which HOB, from what to
// what. Empty when all are alike. Memory may hold anything: nothing of it is followed.
[[nodiscard]] std::string first_change_text(const Board& board, const HobListSnapshot& before);

}  // namespace hobnail::oracle
