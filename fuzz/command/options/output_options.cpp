// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the option means.
#include "fuzz/command/options/output_options.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "fuzz/inputs/write_file.h"

namespace hobnail {

CLI::Option* add_json_option(CLI::App& command, std::string& path, const std::string& what) {
  return command.add_option("--json", path, "Output file for " + what + " as JSON; '-' is stdout")
      ->type_name("FILE");
}

void write_json_option(const std::string& path, const nlohmann::json& json) {
  if (path.empty()) return;
  if (path != "-") return write_json_file(path, json);
  std::fputs(json_text(json).c_str(), stdout);
}

}  // namespace hobnail
