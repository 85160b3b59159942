// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files of a corpus: programs as bytes, in their one canonical spelling, so that claiming a spare
// opcode later cannot change what a stored input means.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/inputs/program_file.h"

namespace hobnail {

// The program in at most `bytes_max` bytes (0: any number), where that can be had by leaving out
// what its PEIMs write, the longest first: no answer of a service depends on it, and long inputs
// make slow fuzzing.
[[nodiscard]] std::vector<std::uint8_t> encode_within(oracle::Program program,
                                                      std::size_t bytes_max);

// The same, and never longer: then ops at the end are left out.
[[nodiscard]] std::vector<std::uint8_t> encode_cut(oracle::Program program, std::size_t bytes_max);

// A file name that keeps two corpora apart: the path with its separators replaced.
[[nodiscard]] std::string flat_name(const std::filesystem::path& path);

// Reads the program at `from` and writes its bytes to `to`. What is wrong with the program, in one
// line; throws as write_file() does.
[[nodiscard]] std::optional<std::string> encode_file(const std::filesystem::path& from,
                                                     std::size_t bytes_max,
                                                     const std::filesystem::path& to);

// The same for a HOB list, as hob_list_fuzz reads them: what its HOBs hold is left out first, the
// longest first, and then its last HOBs.
[[nodiscard]] std::optional<std::string> encode_list_file(const std::filesystem::path& from,
                                                          std::size_t bytes_max,
                                                          const std::filesystem::path& to);

// A name for an input, by its content: two inputs of one folder never share it by chance.
[[nodiscard]] std::string content_name(const std::vector<std::uint8_t>& bytes);

// Each file of the folder in its canonical spelling, once.
void make_canonical(const std::filesystem::path& folder, std::size_t bytes_max);

// What the arguments name, as programs: files of text or bytes, and directories, of which every
// file counts: .boot as text, others without an extension as bytes. Sorted, a directory at a time.
[[nodiscard]] std::variant<std::vector<ProgramFile>, FileError> read_corpora(
    const std::vector<std::string>& arguments);

// Where a measurement writes, so that the disk is no part of it: $TMPDIR, else /dev/shm, else the
// directory of temporary files.
[[nodiscard]] std::filesystem::path folder_in_memory();

// A directory of our own that is gone when we are done with it.
class ScratchFolder {
 public:
  // Throws std::runtime_error.
  explicit ScratchFolder(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace hobnail
