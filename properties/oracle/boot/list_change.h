// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What differs between two snapshots, as the data of an OpRecord.
#pragma once

#include "properties/oracle/boot/op_record.h"
#include "properties/oracle/model/list_snapshot.h"

namespace hobnail::oracle {

// Of one list: HOBs and cursors. Both snapshots have the same base.
[[nodiscard]] ListChange list_change(const HobListSnapshot& before, const HobListSnapshot& after);

// Of a list and its copy. `platform_image`: where the platform put temporary RAM, or 0.
[[nodiscard]] Migration migration_between(const HobListSnapshot& before,
                                          const HobListSnapshot& after,
                                          std::uint64_t platform_image);

}  // namespace hobnail::oracle
