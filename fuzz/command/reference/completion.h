// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The completion of bash: commands, options and topics of help. Everything
// else completes to file names, as without it.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace hobnail {

[[nodiscard]] std::string bash_completion(const CLI::App& app);

}  // namespace hobnail
