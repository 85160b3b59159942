// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The built-in target's variants: the same core with other options. The plain one is what
// hobnail_get_target answers, unless the environment variable HOBNAIL_CORE names others, as
// HOBNAIL_CORE=64k,bins does.
#pragma once

#include "properties/abi/hobnail_target.h"

namespace pei {

struct CoreVariant {
  bool granules_of_64k = false;   // as on AArch64; else 4 KiB
  bool memory_type_bins = false;  // set up after the migration, if the platform wants any
};

// Valid for the life of the process. One boot at a time, in every variant.
[[nodiscard]] const hobnail_target& core_target(const CoreVariant& variant);

}  // namespace pei
