// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading lists.
#include "fuzz/inputs/list_file.h"

#include <fmt/format.h>

#include "fuzz/inputs/file_kind.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_of_dump.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {

namespace fs = std::filesystem;

using oracle::HobListInput;

bool names_list(const fs::path& path) {
  if (path.extension() == ".hobs" || path.extension() == ".hob") return true;
  if (path.has_extension() && path.extension() == ".boot") return false;
  const auto read = read_file(path);
  const auto* const bytes = std::get_if<std::string>(&read);
  if (bytes == nullptr) return false;
  const FileKind kind = kind_of_bytes(*bytes);
  return kind == FileKind::Hobs || kind == FileKind::Dump;
}

std::variant<ListFile, FileError> read_list(const fs::path& path) {
  auto read = read_file(path);
  if (auto* error = std::get_if<FileError>(&read)) return std::move(*error);
  const std::string& text = std::get<std::string>(read);
  const auto* const data = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::span<const std::uint8_t> bytes(data, text.size());
  const FileKind kind = kind_of_bytes(text, path.extension() == ".hob");
  if (const std::string_view why = why_misspelt(text); !why.empty()) {
    return FileError{fmt::format("{}: {}", path.native(), why)};
  }
  const bool named = path.extension() == ".hobs";
  const bool is_dump = path.extension() == ".hob" || kind == FileKind::Dump;
  const bool other_text = kind == FileKind::Boot || (kind == FileKind::Text && !named);
  if (other_text || (kind == FileKind::Hobs && path.extension() == ".hob")) {
    return FileError{
        fmt::format("{}: {}", path.native(),
                    wrong_kind(kind, is_dump ? "a dump of a HOB list" : "a HOB list"))};
  }
  if (is_dump) return ListFile{path, oracle::list_of_dump(bytes)};
  if (!named && kind != FileKind::Hobs) return ListFile{path, oracle::decode_hobs(bytes)};
  auto parsed = oracle::parse_hobs(text);
  if (const auto* error = std::get_if<oracle::TextError>(&parsed)) {
    return FileError{
        fmt::format("{}:{}:{}: {}", path.native(), error->line, error->column, error->message)};
  }
  return ListFile{path, std::get<HobListInput>(std::move(parsed))};
}

std::variant<std::vector<fs::path>, FileError> expand_lists(
    const std::vector<std::string>& arguments) {
  return expand_files(arguments, {".hobs", ".hob"});
}

}  // namespace hobnail
