// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files.
#include "fuzz/hob_dump/dump_file.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace hobnail {

std::variant<HobFile, std::string> read_hob_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return fmt::format("{}: is a directory", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fmt::format("{}: {}", path, std::strerror(errno));
  HobFile read{std::filesystem::path(path).filename().string(), {}};
  std::array<char, 0x10000> chunk;
  while (file && read.bytes.size() <= kHobFileBytesMax) {
    file.read(chunk.data(), chunk.size());
    read.bytes.insert(read.bytes.end(), chunk.begin(), chunk.begin() + file.gcount());
  }
  if (file.bad()) return fmt::format("{}: cannot be read", path);
  if (read.bytes.empty()) return fmt::format("{}: is empty, not a HOB list", path);
  if (read.bytes.size() > kHobFileBytesMax) {
    return fmt::format("{}: is longer than {} bytes, not a HOB list", path, kHobFileBytesMax);
  }
  return read;
}

std::optional<std::string> write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  if (file) file.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (file) file.close();
  if (file) return std::nullopt;
  return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
}

}  // namespace hobnail
