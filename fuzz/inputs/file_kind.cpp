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

// A few characters whose every second byte is 0.
bool is_utf16(std::string_view bytes) {
  const bool marked = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
  const std::string_view head = bytes.substr(marked ? 2 : 0, 16);
  if (head.size() < (marked ? 8U : 16U)) return false;
  for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
    bool fits = true;
    for (std::size_t i = 0; i < head.size(); ++i) {
      const bool zero = head[i] == '\0';
      fits = fits && (i % 2 == first ? is_character(head[i]) && (head[i] & 0x80) == 0 : zero);
    }
    if (fits) return true;
  }
  return false;
}

// The first line that is no comment is "WORD v1" or one like it, or one below it is "board NAME".
bool names_version(std::string_view bytes) {
  bool first = true;
  for (std::string_view rest = bytes.substr(0, kLookedAt); !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line = line.substr(0, line.find('#'));
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t version = line.find(" v");
    const bool head = version != std::string_view::npos && version + 2 < line.size() &&
                      line[version + 2] >= '0' && line[version + 2] <= '9';
    if ((first && head) || line.starts_with("board ")) return true;
    first = false;
  }
  return false;
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

std::string_view why_misspelt(std::string_view bytes) {
  if (is_utf16(bytes)) return "is text in UTF-16; save it as UTF-8 without a byte-order mark";
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (bytes.starts_with(kMark) && is_text(bytes.substr(kMark.size()), true)) {
    return "begins with a byte-order mark; save it as UTF-8 without one";
  }
  if (oracle::looks_like_hobs(bytes) || oracle::looks_like_text(bytes)) return {};
  if (is_text(bytes, true) && names_version(bytes)) {
    return "its first line is neither 'boot v1' nor 'hobs v1'";
  }
  return {};
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
