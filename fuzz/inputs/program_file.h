// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Program files: `.boot` text, or the bytes that a fuzzer wrote.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail {

struct FileError {
  std::string message;  // one line: FILE[:LINE:COLUMN]: what is wrong
};

// Of an input: a larger file is something else, or has no end.
inline constexpr std::size_t kFileBytesMax = std::size_t{64} << 20;

// The bytes of a file. An unreadable or empty file, a directory, and a file of more than
// `bytes_max` bytes are errors.
[[nodiscard]] std::variant<std::string, FileError> read_file(const std::filesystem::path& path,
                                                             std::size_t bytes_max = kFileBytesMax);

struct ProgramFile {
  std::filesystem::path path;
  oracle::Program program;
  bool text = false;  // else fuzzer bytes
};

// A file named .boot, or one that begins like one, is text; any other is bytes. A HOB list, or
// other text, is an error.
[[nodiscard]] std::variant<ProgramFile, FileError> read_program(const std::filesystem::path& path);

// The files that the arguments name, in order; a directory stands for the .boot files below it,
// sorted. An argument that does not exist, or a directory without a program, is an error.
[[nodiscard]] std::variant<std::vector<std::filesystem::path>, FileError> expand_inputs(
    const std::vector<std::string>& arguments);

// The same for files with one of these extensions; the first of them is named in the error.
[[nodiscard]] std::variant<std::vector<std::filesystem::path>, FileError> expand_files(
    const std::vector<std::string>& arguments, const std::vector<std::string_view>& extensions);

}  // namespace hobnail
