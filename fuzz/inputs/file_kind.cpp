// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Telling kinds of files apart.
#include "fuzz/inputs/file_kind.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

// Type 1, 56 bytes, Reserved 0, version 9.
constexpr std::string_view kPhit("\x01\0\x38\0\0\0\0\0\x09\0\0\0", 12);

// A fuzzer's bytes are seldom so long and all of them characters.
constexpr std::size_t kLeastText = 48;
constexpr std::size_t kLookedAt = 0x1000;

bool is_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\r' || byte == '\t' ||
         byte >= 0xc2;  // or the start of one in UTF-8
}

bool is_text(std::string_view bytes, bool any_text) {
  const std::string_view head = bytes.substr(0, kLookedAt);
  const bool long_enough = head.size() >= kLeastText && head.find('\n') != std::string_view::npos;
  if (head.empty() || !(any_text || long_enough)) return false;
  const auto others = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return !is_character(c) && (byte < 0x80 || byte >= 0xc2);
  });
  const auto ascii = std::count_if(head.begin(), head.end(),
                                   [](char c) { return is_character(c) && (c & 0x80) == 0; });
  return others == 0 && static_cast<std::size_t>(ascii) * 10 >= head.size() * 9;
}

std::string_view advice(FileKind kind) {
  switch (kind) {
    case FileKind::Boot:
      return "; run it with `hobnail replay` or `hobnail show`";
    case FileKind::Hobs:
      return "; read it with `hobnail replay` or `hobnail show`";
    case FileKind::Dump:
      return "; read it with `hobnail hobs`, `hobnail replay` or `hobnail show`";
    default:
      return "";
  }
}

}  // namespace

FileKind kind_of_bytes(std::string_view bytes, bool any_text) {
  if (oracle::looks_like_hobs(bytes)) return FileKind::Hobs;
  if (oracle::looks_like_text(bytes)) return FileKind::Boot;
  if (bytes.starts_with(kPhit)) return FileKind::Dump;
  return is_text(bytes, any_text) ? FileKind::Text : FileKind::Bytes;
}

std::string_view kind_text(FileKind kind) {
  switch (kind) {
    case FileKind::Boot:
      return "a boot program";
    case FileKind::Hobs:
      return "a HOB list as text";
    case FileKind::Dump:
      return "a dump of a HOB list";
    case FileKind::Text:
      return "text";
    case FileKind::Bytes:
      return "bytes";
  }
  return {};
}

std::string wrong_kind(FileKind kind, std::string_view wanted) {
  return fmt::format("is {}, not {}{}", kind_text(kind), wanted, advice(kind));
}

}  // namespace hobnail
