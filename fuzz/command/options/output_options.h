// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// --json FILE, of every command that has results for programs: FILE may be `-`, for stdout.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace hobnail {

// `what`: what is written, for the help.
CLI::Option* add_json_option(CLI::App& command, std::string& path, const std::string& what);

// Nothing for an empty path. Throws std::runtime_error when the file cannot be written.
void write_json_option(const std::string& path, const nlohmann::json& json);

// Before the work: throws UsageError when the file cannot be written, or is one of `inputs` (or a
// program below one of them). Empty and "-": nothing to try.
void try_output(const std::string& path, const std::vector<std::string>& inputs);
// The same for a directory, which is made.
void try_output_directory(const std::string& path);

}  // namespace hobnail
