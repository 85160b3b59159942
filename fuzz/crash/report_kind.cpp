// SPDX-License-Identifier: BSD-2-Clause-Patent
//
//   ==7==ERROR: AddressSanitizer: use-after-poison on address 0x10001000 at pc 0x1
//   ==7==WARNING: MemorySanitizer: use-of-uninitialized-value
//   x.cpp:3:4: runtime error: signed integer overflow: 1 + 2
//   ==7== ERROR: libFuzzer: timeout after 5 seconds
//
// These first lines have been stable for ten years.
#include "fuzz/crash/report_kind.h"

#include <array>
#include <cctype>

namespace hobnail {
namespace {

struct Tool {
  std::string_view mark;
  bool sanitizer;
};

constexpr std::array<Tool, 6> kTools{{
    {"ERROR: AddressSanitizer: ", true},
    {"ERROR: LeakSanitizer: ", true},
    {"ERROR: MemorySanitizer: ", true},
    {"WARNING: MemorySanitizer: ", true},
    {"ERROR: UndefinedBehaviorSanitizer: ", true},
    {"ERROR: libFuzzer: ", false},
}};

struct Phrase {
  std::string_view start;
  std::string_view kind;
};

// Reports whose first word is not their kind.
constexpr std::array<Phrase, 8> kPhrases{{
    {"attempting double-free", "double-free"},
    {"attempting free on address which was not malloc", "bad-free"},
    {"requested allocation size", "allocation-size-too-big"},
    {"allocator is out of memory", kKindOutOfMemory},
    {"detected memory leaks", "memory-leak"},
    {"deadly signal", kKindSignal},
    {"fuzz target exited", "target-exited"},
    {"fuzz target overwrites its const input", "input-overwritten"},
}};

std::string kind_in(std::string_view text) {
  for (const Phrase& phrase : kPhrases) {
    if (text.starts_with(phrase.start)) return std::string(phrase.kind);
  }
  return std::string(text.substr(0, text.find_first_of(" :\n")));
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// The words of a "runtime error" up to its numbers and quoted names.
std::string undefined_behavior(std::string_view text) {
  while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
  std::size_t size = 0;
  while (size < text.size()) {
    const bool dash = text[size] == '-' && size + 1 < text.size() && is_letter(text[size + 1]);
    if (!is_letter(text[size]) && text[size] != ' ' && !dash) break;
    ++size;
  }
  text = text.substr(0, size);
  while (text.ends_with(' ')) text.remove_suffix(1);
  constexpr std::string_view kType = " of type";
  if (text.ends_with(kType)) text.remove_suffix(kType.size());
  return text == "index" ? "index out of bounds" : std::string(text);
}

}  // namespace

std::optional<ReportKind> report_kind(std::string_view line) {
  for (const Tool& tool : kTools) {
    const std::size_t at = line.find(tool.mark);
    if (at == std::string_view::npos) continue;
    std::string kind = kind_in(line.substr(at + tool.mark.size()));
    if (!kind.empty()) return ReportKind{std::move(kind), tool.sanitizer};
  }
  constexpr std::string_view kUndefined = ": runtime error: ";
  const std::size_t at = line.find(kUndefined);
  if (at == std::string_view::npos) return {};
  std::string kind = undefined_behavior(line.substr(at + kUndefined.size()));
  if (kind.empty()) return {};
  return ReportKind{std::move(kind), true};
}

bool is_out_of_memory(std::string_view kind) {
  return kind == kKindOutOfMemory || kind == "allocation-size-too-big" ||
         kind == "rss-limit-exceeded";
}

}  // namespace hobnail
