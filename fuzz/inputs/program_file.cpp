// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading programs from disk.
#include "fuzz/inputs/program_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "fuzz/inputs/file_kind.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {

namespace fs = std::filesystem;

std::variant<std::string, FileError> read_file(const fs::path& path, std::size_t bytes_max) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return FileError{fmt::format("{}: is a directory", path.native())};
  }
  const auto unreadable = [&path] {
    return FileError{fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno))};
  };
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return unreadable();
  std::string bytes;
  std::array<char, 4096> block;
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), file)) {
    bytes.append(block.data(), got);
    if (bytes.size() > bytes_max) break;
  }
  const bool failed = std::ferror(file) != 0;
  const FileError error = unreadable();  // before fclose, which may set errno
  std::fclose(file);
  if (failed) return error;
  if (bytes.size() > bytes_max) {
    return FileError{fmt::format("{}: is longer than {} bytes", path.native(), bytes_max)};
  }
  if (bytes.empty()) return FileError{fmt::format("{}: is empty", path.native())};
  return bytes;
}

std::variant<ProgramFile, FileError> read_program(const fs::path& path) {
  auto read = read_file(path);
  if (auto* error = std::get_if<FileError>(&read)) return std::move(*error);
  const std::string& bytes = std::get<std::string>(read);
  const FileKind kind = kind_of_bytes(bytes);
  if (const std::string_view why = why_misspelt(bytes); !why.empty()) {
    return FileError{fmt::format("{}: {}", path.native(), why)};
  }
  if (path.extension() == ".hobs" && kind != FileKind::Boot) {
    return FileError{
        fmt::format("{}: is named as a HOB list, not as a boot program", path.native())};
  }
  const bool named = path.extension() == ".boot";
  const bool is_list = kind == FileKind::Hobs || kind == FileKind::Dump;
  if (is_list || (kind == FileKind::Text && !named)) {
    return FileError{fmt::format("{}: {}", path.native(), wrong_kind(kind, "a boot program"))};
  }
  if (!named && kind != FileKind::Boot) {
    const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    return ProgramFile{path, oracle::decode_bytes({data, bytes.size()}), false};
  }
  auto parsed = oracle::parse_text(bytes);
  if (const auto* error = std::get_if<oracle::TextError>(&parsed)) {
    return FileError{
        fmt::format("{}:{}:{}: {}", path.native(), error->line, error->column, error->message)};
  }
  return ProgramFile{path, std::get<oracle::Program>(std::move(parsed)), true};
}

std::variant<std::vector<fs::path>, FileError> expand_inputs(
    const std::vector<std::string>& arguments) {
  return expand_files(arguments, {".boot"});
}

std::variant<std::vector<fs::path>, FileError> expand_files(
    const std::vector<std::string>& arguments, const std::vector<std::string_view>& extensions) {
  const auto wanted = [&](const fs::path& path) {
    const std::string extension = path.extension().string();
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
  };
  std::vector<fs::path> files;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (!fs::is_directory(argument, error)) {
      files.emplace_back(argument);
      continue;
    }
    const std::size_t before = files.size();
    for (const auto& entry : fs::recursive_directory_iterator(argument)) {
      if (entry.is_regular_file() && wanted(entry.path())) files.push_back(entry.path());
    }
    if (files.size() == before) {
      return FileError{fmt::format("{}: no {} file in this directory", argument, extensions[0])};
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
  }
  return files;
}

}  // namespace hobnail
