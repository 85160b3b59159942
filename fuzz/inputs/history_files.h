// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The files of a boot and of its history:
//
//   NAME.boot   NAME.history-1.boot   NAME.history-2.boot ...     in the order in which they ran
//
// Invariant: the numbers begin at 1 and have no gap. Of ten files or more they have as many digits
// as the last one, so that names in alphabetical order are in the order of the boots.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail {

// The boots of the history of this file; none when there is no such file. A file that cannot be
// read ends the history.
[[nodiscard]] std::vector<oracle::Program> read_history(const std::filesystem::path& boot);
[[nodiscard]] std::vector<std::filesystem::path> history_of(const std::filesystem::path& boot);

// Writes the files beside `boot` in place of those that are there, and returns their paths. Throws
// std::runtime_error.
std::vector<std::filesystem::path> write_history(const std::filesystem::path& boot,
                                                 const std::vector<oracle::Program>& history);

// In one line: "1 boot: x.history-1.boot", "721 boots: x.history-001.boot to x.history-721.boot".
[[nodiscard]] std::string history_line(const std::vector<std::filesystem::path>& files);

// True for a file of a history, which is no input by itself.
[[nodiscard]] bool is_history_file(const std::filesystem::path& path);

}  // namespace hobnail
