// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Frames as the sanitizers' default format prints them.
#include "fuzz/crash/stack_frame.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace hobnail {
namespace {

bool starts_with_any(std::string_view text, const auto& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [text](std::string_view start) { return text.starts_with(start); });
}

bool holds_any(std::string_view text, const auto& parts) {
  return std::any_of(parts.begin(), parts.end(), [text](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

// The table of what is not ours: functions, folders of sources, modules.
constexpr std::array<std::string_view, 9> kRuntimeStarts{
    "__asan",        "__ubsan", "__msan",         "__lsan",  "__sanitizer",
    "__interceptor", "__libc_", "__pthread_kill", "fuzzer::"};
constexpr std::array<std::string_view, 7> kRuntimeFunctions{"raise", "abort",  "gsignal", "malloc",
                                                            "free",  "calloc", "realloc"};
constexpr std::array<std::string_view, 11> kRuntimePlaces{
    "compiler-rt", "/sysdeps/", "/libfuzzer/",      "/nptl/",    "/csu/",     "/stdlib/",
    "/signal/",    "/libc.so",  "/usr/include/c++", "/ld-linux", "/libstdc++"};
constexpr std::array<std::string_view, 3> kHarness{"oracle::", "hobnail::be_worker",
                                                   "hobnail::be_list_worker"};
constexpr std::array<std::string_view, 5> kCallers{"LLVMFuzzerTestOneInput", "main ", "main(",
                                                   "_start ", "__libc_start"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

struct FrameLine {
  std::string_view function;  // as printed; empty without symbols
  std::string_view place;     // "/path/file.cpp:1:2", or "(/path/module+0x1)"
};

// Where in "function /path/file.cpp:1:2" the place begins; the end when there is none.
std::size_t place_in(std::string_view text) {
  const std::size_t place = std::min(text.find(" /"), text.find(" (/"));
  if (place != std::string_view::npos) return place;
  const std::size_t blank = text.rfind(' ');  // a relative path has no better mark
  if (blank == std::string_view::npos) return text.size();
  const std::string_view last = text.substr(blank);
  const std::size_t colon = last.rfind(':');
  const bool line = colon != std::string_view::npos && colon + 1 < last.size() &&
                    std::isdigit(static_cast<unsigned char>(last[colon + 1])) != 0;
  return line ? blank : text.size();
}

FrameLine read_frame(std::string_view line) {
  const std::size_t address = line.find("0x");
  if (address == std::string_view::npos) return {};
  const std::size_t blank = line.find(' ', address);
  if (blank == std::string_view::npos) return {};
  std::string_view rest = trimmed(line.substr(blank));
  if (!rest.starts_with("in ")) return {{}, rest};
  rest.remove_prefix(3);
  const std::size_t place = place_in(rest);
  return {rest.substr(0, place), trimmed(rest.substr(place))};
}

// Without "(...)", "<...>" and a return type.
std::string plain_function(std::string_view text) {
  constexpr std::string_view kAnonymous = "(anonymous namespace)";
  std::string result;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' && text.substr(i).starts_with(kAnonymous)) {
      i += kAnonymous.size() - 1;
      if (text.substr(i + 1).starts_with("::")) i += 2;
      continue;
    }
    if (c == '(' || c == '<') ++depth;
    if (depth == 0) result += c;
    if (c == ')' || c == '>') --depth;
    if (depth == 0 && c == ')') break;
  }
  const std::size_t blank = result.rfind(' ');
  if (blank != std::string::npos && blank + 1 < result.size()) result.erase(0, blank + 1);
  return std::string(trimmed(result));
}

// "(/path/x.so+0x1234) (BuildId: 00)" -> "/path/x.so+0x1234".
std::string module_frame(std::string_view place) {
  if (!place.starts_with('(')) return {};
  const std::size_t end = place.find(')');
  return end == std::string_view::npos ? std::string() : std::string(place.substr(1, end - 1));
}

bool is_runtime(std::string_view function, std::string_view place) {
  return starts_with_any(function, kRuntimeStarts) || holds_any(place, kRuntimePlaces) ||
         std::find(kRuntimeFunctions.begin(), kRuntimeFunctions.end(), function) !=
             kRuntimeFunctions.end();
}

}  // namespace

bool is_stack_frame(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first != 0 && first != std::string_view::npos && line[first] == '#';
}

bool calls_the_target(std::string_view line) {
  if (holds_any(line, kHarness)) return true;
  const std::size_t in = line.find(" in ");
  return in != std::string_view::npos && starts_with_any(line.substr(in + 4), kCallers);
}

std::string frame_of(std::string_view line) {
  const FrameLine frame = read_frame(line);
  std::string name =
      frame.function.empty() ? module_frame(frame.place) : plain_function(frame.function);
  return is_runtime(name, frame.place) ? std::string() : name;
}

}  // namespace hobnail
