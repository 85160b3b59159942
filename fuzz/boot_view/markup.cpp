// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// UTF-8 read strictly: no overlong form, no surrogate, nothing above U+10FFFF. Then the five
// characters that mean something to a parser.
#include "fuzz/boot_view/markup.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace hobnail {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

unsigned char byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// How many bytes the character that begins with `lead` has; 0 when none does.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

bool allowed(std::uint32_t character, std::size_t length) {
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (character < kSmallest[length] || character > 0x10ffff) return false;
  if (character >= 0xd800 && character <= 0xdfff) return false;
  return character != 0xfffe && character != 0xffff;  // XML has no such characters
}

// The length of the good character at `at`; 0 when there is none.
std::size_t good_at(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  const std::size_t length = length_of(lead);
  if (length == 1) return 1;
  if (length == 0 || at + length > text.size()) return 0;
  std::uint32_t character = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, at + i);
    if ((next & 0xc0U) != 0x80) return 0;
    character = character << 6U | (next & 0x3fU);
  }
  return allowed(character, length) ? length : 0;
}

// U+2400 and up: pictures of the control characters.
void append_picture(std::string& out, unsigned char control) {
  const unsigned picture = control == 0x7f ? 0x21U : control;
  out += "\xe2\x90";
  out += static_cast<char>(0x80U + picture);
}

void append_ascii(std::string& out, std::string_view text, std::size_t at) {
  const unsigned char c = byte_at(text, at);
  if (c == '\r' && byte_at(text, at + 1) == '\n') return;  // the line feed follows
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  if (control) {
    append_picture(out, c);
  } else {
    out += static_cast<char>(c);
  }
}

}  // namespace

std::string clean_text(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = good_at(bytes, at);
    // C1 controls, U+0080 to U+009F: allowed by XML 1.0, and no text.
    const bool c1 = length == 2 && byte_at(bytes, at) == 0xc2 && byte_at(bytes, at + 1) < 0xa0;
    if (length == 1) {
      append_ascii(out, bytes, at);
    } else if (length == 0 || c1) {
      out += kReplacement;
    } else {
      out += bytes.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string escape_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string markup_text(std::string_view bytes) { return escape_markup(clean_text(bytes)); }

}  // namespace hobnail
