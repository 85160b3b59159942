// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail hobs FILE...`: dumps of real HOB lists: decode, check, draw; `--program` rebuilds the
// last of them through the services as a .boot program.
#pragma once

namespace CLI {
class App;
}

namespace hobnail {

// Adds the subcommand. When it is called it sets `exit_code`: 0 nothing wrong, 1 an error or a
// finding in a list (or a list that no program rebuilds), 2 usage or environment.
void add_hobs_command(CLI::App& app, int& exit_code);

}  // namespace hobnail
