// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The report is text for people; its first lines have had this form for ten years.
#include "properties/oracle/isolation/sanitizer_report.h"

#include <cstdlib>
#include <cstring>

namespace pei::oracle {
namespace {

constexpr int kFramesMax = 5;

// The number after `word`; false when it is not there.
bool number_after(const char* text, const char* word, std::uint64_t& number) {
  const char* const found = std::strstr(text, word);
  if (found == nullptr) return false;
  number = std::strtoull(found + std::strlen(word), nullptr, 16);
  return true;
}

std::string frames_of(const char* text) {
  std::string frames;
  const char* at = std::strstr(text, "    #0 ");
  for (int n = 0; at != nullptr && n < kFramesMax && std::strncmp(at, "    #", 5) == 0; ++n) {
    const char* const end = std::strchr(at, '\n');
    const std::size_t size = end == nullptr ? std::strlen(at) : static_cast<std::size_t>(end - at);
    const std::string line(at, size);
    if (line.find("pei::oracle::Session::") != std::string::npos) break;
    frames += "\n  " + line;
    at = end == nullptr ? nullptr : end + 1;
  }
  return frames;
}

}  // namespace

SanitizerReport read_report(const char* text) {
  SanitizerReport report;
  // Other signals have an address too, of an instruction or of a process.
  report.accesses = number_after(text, "SEGV on unknown address ", report.address) ||
                    number_after(text, "BUS on unknown address ", report.address) ||
                    number_after(text, " on address ", report.address);
  report.write = std::strstr(text, "WRITE of size") != nullptr ||
                 std::strstr(text, "caused by a WRITE") != nullptr;
  report.frames = frames_of(text);
  return report;
}

}  // namespace pei::oracle
