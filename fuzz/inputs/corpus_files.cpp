// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading, spelling and writing of corpora.
#include "fuzz/inputs/corpus_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/inputs/write_file.h"
#include "properties/oracle/fnv1a.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/repeat.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using oracle::Op;
using oracle::Program;

// A list in at most `bytes_max` bytes, where that can be had by leaving out what its HOBs hold, the
// longest first, and then its last HOBs.
std::vector<std::uint8_t> encode_list_within(oracle::HobListInput list, std::size_t bytes_max) {
  std::vector<std::uint8_t> bytes = oracle::encode_hobs(list);
  while (bytes_max != 0 && bytes.size() > bytes_max) {
    const auto longest = std::max_element(
        list.hobs.begin(), list.hobs.end(),
        [](const auto& a, const auto& b) { return a.data.size() < b.data.size(); });
    const auto patch = std::max_element(
        list.patches.begin(), list.patches.end(),
        [](const auto& a, const auto& b) { return a.bytes.size() < b.bytes.size(); });
    if (patch != list.patches.end()) {
      list.patches.erase(patch);
    } else if (longest != list.hobs.end() && !longest->data.empty()) {
      longest->data.clear();
    } else if (!list.hobs.empty()) {
      list.hobs.pop_back();
    } else {
      break;
    }
    bytes = oracle::encode_hobs(list);
  }
  return bytes;
}

bool is_input(const fs::directory_entry& entry) {
  const fs::path extension = entry.path().extension();
  return entry.is_regular_file() &&
         (extension.empty() || extension == ".boot" || extension == ".bin");
}

std::vector<fs::path> inputs_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (is_input(entry)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<std::uint8_t> encode_within(Program program, std::size_t bytes_max) {
  std::vector<std::uint8_t> bytes = oracle::encode_bytes(program);
  while (bytes_max != 0 && bytes.size() > bytes_max) {
    const auto longest =
        std::max_element(program.ops.begin(), program.ops.end(),
                         [](const Op& a, const Op& b) { return a.data.size() < b.data.size(); });
    if (longest == program.ops.end() || longest->data.empty()) break;
    longest->data.clear();
    bytes = oracle::encode_bytes(program);
  }
  return bytes;
}

std::vector<std::uint8_t> encode_cut(Program program, std::size_t bytes_max) {
  std::vector<std::uint8_t> bytes = encode_within(program, bytes_max);
  while (bytes_max != 0 && bytes.size() > bytes_max && !program.ops.empty()) {
    program.ops.resize(groups_of(program.ops).back().from);
    bytes = encode_within(program, bytes_max);
  }
  return bytes;
}

std::string flat_name(const fs::path& path) {
  std::string name = path.lexically_normal().relative_path().replace_extension().string();
  for (char& c : name) {
    if (c == '/' || c == '.') c = '-';
  }
  return name;
}

std::optional<std::string> encode_file(const fs::path& from, std::size_t bytes_max,
                                       const fs::path& to) {
  const auto file = read_program(from);
  if (const auto* bad = std::get_if<FileError>(&file)) return bad->message;
  write_file(to, encode_within(std::get<ProgramFile>(file).program, bytes_max));
  return {};
}

std::optional<std::string> encode_list_file(const fs::path& from, std::size_t bytes_max,
                                            const fs::path& to) {
  auto file = read_list(from);
  if (const auto* bad = std::get_if<FileError>(&file)) return bad->message;
  write_file(to, encode_list_within(std::get<ListFile>(std::move(file)).list, bytes_max));
  return {};
}

std::string content_name(const std::vector<std::uint8_t>& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return fmt::format("{:016x}-{}", oracle::fnv1a(text), bytes.size());
}

void make_canonical(const fs::path& folder, std::size_t bytes_max) {
  for (const fs::path& file : inputs_below(folder)) {
    const auto read = read_file(file);
    if (const auto* content = std::get_if<std::string>(&read)) {
      const auto* const data = reinterpret_cast<const std::uint8_t*>(content->data());
      const Program program = oracle::decode_bytes({data, content->size()});
      const std::vector<std::uint8_t> bytes = encode_cut(program, bytes_max);
      if (std::equal(bytes.begin(), bytes.end(), data, data + content->size())) continue;
      write_file(folder / content_name(bytes), bytes);
    }
    fs::remove(file);
  }
}

std::variant<std::vector<ProgramFile>, FileError> read_corpora(
    const std::vector<std::string>& arguments) {
  std::vector<ProgramFile> programs;
  for (const std::string& argument : arguments) {
    std::error_code error;
    std::vector<fs::path> files{argument};
    if (fs::is_directory(argument, error)) {
      files = inputs_below(argument);
      if (files.empty()) return FileError{argument + ": no program in this directory"};
    }
    for (const fs::path& file : files) {
      auto read = read_program(file);
      if (auto* wrong = std::get_if<FileError>(&read)) return std::move(*wrong);
      programs.push_back(std::get<ProgramFile>(std::move(read)));
    }
  }
  return programs;
}

fs::path folder_in_memory() {
  constexpr const char* kShared = "/dev/shm";
  const bool usable = std::getenv("TMPDIR") == nullptr && access(kShared, W_OK | X_OK) == 0;
  return usable ? fs::path(kShared) : fs::temp_directory_path();
}

ScratchFolder::ScratchFolder(const fs::path& parent) {
  std::string name = (parent / "hobnail-XXXXXX").native();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": cannot be made");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace hobnail
