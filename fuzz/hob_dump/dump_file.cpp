// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files.
#include "fuzz/hob_dump/dump_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <utility>

#include "fuzz/hob_dump/hex_dump.h"
#include "fuzz/inputs/file_kind.h"
#include "fuzz/inputs/program_file.h"

namespace hobnail {
namespace {

std::variant<HobFile, std::string> from_hex_dump(const std::string& path, std::string_view text) {
  auto dump = parse_hex_dump(text);
  if (const auto* const error = std::get_if<HexDumpError>(&dump)) {
    return fmt::format("{}:{}: {} (a hex dump of a HOB list is expected)", path, error->line,
                       error->message);
  }
  return HobFile{std::filesystem::path(path).filename().string(),
                 std::move(std::get<HexDump>(dump).bytes)};
}

}  // namespace

std::variant<HobFile, std::string> read_hob_file(const std::string& path) {
  const auto read = read_file(path, kHobFileBytesMax);
  if (const auto* const error = std::get_if<FileError>(&read)) {
    return fmt::format("{} (a HOB list is expected)", error->message);
  }
  const std::string& bytes = std::get<std::string>(read);
  const FileKind kind = kind_of_bytes(bytes, true);
  const bool may_be_digits = kind == FileKind::Text || kind == FileKind::Bytes;
  if (may_be_digits && looks_like_hex_dump(bytes)) return from_hex_dump(path, bytes);
  if (kind != FileKind::Dump && kind != FileKind::Bytes) {
    return fmt::format("{}: {}", path, wrong_kind(kind, "a dump of a HOB list"));
  }
  return HobFile{std::filesystem::path(path).filename().string(), {bytes.begin(), bytes.end()}};
}

}  // namespace hobnail
