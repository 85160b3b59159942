// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobs_json: a decoded and checked list as JSON, with the content of the text output.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fuzz/hob_dump/check.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

[[nodiscard]] nlohmann::json hobs_json(const std::string& file, const pei::oracle::HobView& view,
                                       const HobReport& report);

}  // namespace hobnail
