// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The manual pages, section 1: one of hobnail, one of each subcommand, in the markup of man(7). All
// texts are those of `--help`; a page has no date, so that equal sources give equal pages.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hobnail {

struct ManualPage {
  std::string file;  // "hobnail-check.1"
  std::string text;
};

[[nodiscard]] std::vector<ManualPage> manual_pages(const CLI::App& app);

}  // namespace hobnail
