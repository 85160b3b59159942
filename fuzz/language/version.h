// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail --version: what was built, how, and the standards that the rules follow. The one file
// that depends on the commit.
#pragma once

#include <string>

namespace hobnail {

// Lines without an end of the last one; the first is `hobnail VERSION`.
[[nodiscard]] std::string version_text();

}  // namespace hobnail
