// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files.
#include "fuzz/hob_dump/dump_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "fuzz/inputs/file_kind.h"
#include "fuzz/inputs/program_file.h"

namespace hobnail {

std::variant<HobFile, std::string> read_hob_file(const std::string& path) {
  const auto read = read_file(path, kHobFileBytesMax);
  if (const auto* const error = std::get_if<FileError>(&read)) {
    return fmt::format("{} (a HOB list is expected)", error->message);
  }
  const std::string& bytes = std::get<std::string>(read);
  const FileKind kind = kind_of_bytes(bytes);
  if (kind != FileKind::Dump && kind != FileKind::Bytes) {
    return fmt::format("{}: {}", path, wrong_kind(kind, "a dump of a HOB list"));
  }
  return HobFile{std::filesystem::path(path).filename().string(), {bytes.begin(), bytes.end()}};
}

}  // namespace hobnail
