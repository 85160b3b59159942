// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Second target: what the target under test is compared with. The one that HOBNAIL_AGAINST names,
// or edk2_like, which is linked in: it shares no line with our core, and places pages as EDK II
// does.
#pragma once

#include <string>
#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/differential/differential.h"

namespace hobnail {

// `path`: a shared object; empty: HOBNAIL_AGAINST, and without it the one of ours that has the
// runtime granules of `target`: edk2_like, free of EDK II's bugs unless HOBNAIL_EDK2_FIXED says
// otherwise, or our core's variant of 64 KiB. An error when the granules differ.
[[nodiscard]] std::variant<const hobnail_target*, oracle::TargetError> load_second_target(
    const hobnail_target& target, const std::string& path);

// Our core and edk2_like are known to place pages alike; of others nothing is known.
[[nodiscard]] oracle::Signature signature_of(const hobnail_target& target,
                                             const hobnail_target& other);

}  // namespace hobnail
