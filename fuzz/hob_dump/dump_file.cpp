// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files.
#include "fuzz/hob_dump/dump_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <utility>

#include "fuzz/hob_dump/hex_dump.h"
#include "fuzz/hob_dump/printed_list.h"
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

HobFile from_log(const std::string& path, std::string_view text) {
  PrintedList printed = printed_list(text);
  std::string note;
  if (printed.lists > 1) {
    note = fmt::format("the log holds {} HOB lists; this is the last", printed.lists);
  }
  if (printed.without_data != 0) {
    note += fmt::format(
        "{}the log has no data of {} HOBs, which are read as zeroes; it has them "
        "at DEBUG_VERBOSE",
        note.empty() ? "" : "; ", printed.without_data);
  }
  return {std::filesystem::path(path).filename().string(), std::move(printed.bytes),
          std::move(note)};
}

}  // namespace

std::variant<HobFile, std::string> read_hob_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored) &&
      std::filesystem::file_size(path, ignored) > kHobFileBytesMax) {
    return fmt::format(
        "{}: is longer than {} bytes; search it for HOB lists with `hobnail hobs "
        "--scan`",
        path, kHobFileBytesMax);
  }
  const auto read = read_file(path, kHobFileBytesMax);
  if (const auto* const error = std::get_if<FileError>(&read)) {
    return fmt::format("{} (a HOB list is expected)", error->message);
  }
  const std::string& bytes = std::get<std::string>(read);
  const FileKind kind = kind_of_bytes(bytes, true);
  const bool may_be_text = kind == FileKind::Text || kind == FileKind::Bytes;
  if (may_be_text && looks_like_hex_dump(bytes)) return from_hex_dump(path, bytes);
  if (may_be_text && has_printed_list(bytes)) return from_log(path, bytes);
  if (const std::string_view why = why_misspelt(bytes); may_be_text && !why.empty()) {
    return fmt::format("{}: {}", path, why);
  }
  if (kind != FileKind::Dump && kind != FileKind::Bytes) {
    return fmt::format("{}: {}", path, wrong_kind(kind, "a dump of a HOB list"));
  }
  return HobFile{std::filesystem::path(path).filename().string(), {bytes.begin(), bytes.end()}};
}

}  // namespace hobnail
