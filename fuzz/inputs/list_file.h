// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files of HOB lists: `.hobs` text, `.hob` dumps of what firmware has left, or the bytes of a
// fuzzer.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "fuzz/inputs/program_file.h"
#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

struct ListFile {
  std::filesystem::path path;
  oracle::HobListInput list;
};

// True for what is a list by its name (.hobs, .hob), by its first line or by its PHIT.
[[nodiscard]] bool names_list(const std::filesystem::path& path);

// Text when it is named .hobs or begins like one; a dump when it is named .hob or begins with a
// PHIT; else fuzzer's bytes. A boot program, or other text, is an error.
[[nodiscard]] std::variant<ListFile, FileError> read_list(const std::filesystem::path& path);

// The files that the arguments name; a directory stands for the .hobs and .hob files below it.
[[nodiscard]] std::variant<std::vector<std::filesystem::path>, FileError> expand_lists(
    const std::vector<std::string>& arguments);

}  // namespace hobnail
