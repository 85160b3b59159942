// SPDX-License-Identifier: BSD-2-Clause-Patent
//
//   ==7==ERROR: AddressSanitizer: use-after-poison on address 0x10001000 at pc 0x1
//       #1 0x50 in pei::commit_pages(pei::Arena&, int) /x/core/pages.cpp:70:9
//   x.cpp:3:4: runtime error: signed integer overflow: 1 + 2
#include "fuzz/campaign/log_report.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace hobnail {
namespace {

// Folders of frames that say where a fault was noticed, not whose it is.
constexpr std::array<std::string_view, 7> kNotOurs{
    "compiler-rt", "/sysdeps/", "/libfuzzer/", "/nptl/", "/csu/", "/stdlib/", "/usr/include/c++"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kKinds{{
    {"ERROR: LeakSanitizer", "LEAK"},
    {"ERROR: libFuzzer: timeout", "TIMEOUT"},
    {"ERROR: libFuzzer: out-of-memory", "OUT-OF-MEMORY"},
    {"ERROR: libFuzzer: fuzz target overwrites its const input", "INPUT-OVERWRITTEN"},
    {"ERROR: libFuzzer: fuzz target exited", "TARGET-EXITED"},
    {"ERROR: libFuzzer: deadly signal", "SIGNAL"},
}};

// The words behind `key` as far as they are letters, spaces or dashes: "USE-AFTER-POISON".
std::string shouted(std::string_view line, std::string_view key, bool spaces) {
  const std::size_t at = line.find(key);
  if (at == std::string_view::npos) return {};
  std::string name;
  for (const char c : line.substr(at + key.size())) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalpha(letter) == 0 && c != '-' && !(spaces && c == ' ')) break;
    name += c == ' ' ? '-' : static_cast<char>(std::toupper(letter));
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

// What follows "#1 0x50 in " in a frame; empty for any other line.
std::string_view frame_text(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string_view::npos || line[first] != '#') return {};
  const std::size_t in = line.find(" in ", first);
  return in == std::string_view::npos ? std::string_view{} : line.substr(in + 4);
}

}  // namespace

std::string report_kind(std::string_view line) {
  if (const auto name = shouted(line, "ERROR: AddressSanitizer: ", false); !name.empty()) {
    return "ASAN-" + name;
  }
  if (const auto name = shouted(line, ": runtime error: ", true); !name.empty()) {
    return "UBSAN-" + name;
  }
  for (const auto& [words, kind] : kKinds) {
    if (line.find(words) != std::string_view::npos) return std::string(kind);
  }
  return {};
}

std::string frame_of_ours(std::string_view line) {
  const std::string_view text = frame_text(line);
  const std::size_t path = text.rfind(" /");
  // A frame without a line number is of a module without debug information.
  if (path == std::string_view::npos || text.starts_with("__") || text.starts_with("fuzzer::")) {
    return {};
  }
  const std::string_view where = text.substr(path);
  const auto holds = [where](std::string_view part) {
    return where.find(part) != std::string_view::npos;
  };
  if (std::any_of(kNotOurs.begin(), kNotOurs.end(), holds)) return {};
  const std::string_view name = text.substr(0, path);
  return std::string(name.substr(0, name.find('(')));
}

bool is_below_the_target(std::string_view line) {
  const std::string_view text = frame_text(line);
  constexpr std::array<std::string_view, 4> kCallers{"fuzzer::", "main ", "_start ",
                                                     "__libc_start"};
  return std::any_of(kCallers.begin(), kCallers.end(),
                     [text](std::string_view name) { return text.starts_with(name); });
}

}  // namespace hobnail
