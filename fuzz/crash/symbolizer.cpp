// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Asking a tool, one place at a time; answers are kept.
#include "fuzz/crash/symbolizer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "fuzz/crash/crash_report.h"
#include "properties/oracle/board/asan.h"

namespace hobnail {
namespace {

// For a shell: within single quotes nothing means anything.
std::string quoted_for_shell(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

std::vector<std::string> lines_of(const std::string& command) {
  std::vector<std::string> lines;
  std::FILE* const pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return lines;
  std::array<char, 4096> line;
  while (std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr) {
    line[std::strcspn(line.data(), "\n")] = '\0';
    lines.emplace_back(line.data());
  }
  pclose(pipe);
  return lines;
}

struct Frame {
  std::string function;
  SourceLine source;
};

// "/src/core/pages.cpp:70:9", "??:0", and with addr2line "pages.cpp:70 (discriminator 2)".
SourceLine source_of(const std::string& place) {
  if (place.starts_with("??")) return {};
  // A path may hold a colon; what follows it is the line, and in the tools' words no digit is
  // first.
  for (std::size_t at = place.find(':'); at != std::string::npos; at = place.find(':', at + 1)) {
    unsigned line = 0;
    const char* const digits = place.data() + at + 1;
    const auto [end, error] = std::from_chars(digits, place.data() + place.size(), line);
    const std::string_view rest(end, place.data() + place.size());
    const bool ends = rest.empty() || rest.front() == ':' || rest.front() == ' ';
    if (error == std::errc() && ends && at != 0) return {place.substr(0, at), line};
  }
  return {};
}

// Each function is followed by its place in the sources.
std::vector<Frame> ask(const std::string& module, const std::string& offset) {
  const std::string object = quoted_for_shell(module);
  for (const std::string& command : {fmt::format("llvm-symbolizer-14 --obj={} {}", object, offset),
                                     fmt::format("llvm-symbolizer --obj={} {}", object, offset),
                                     fmt::format("addr2line -f -C -i -e {} {}", object, offset)}) {
    std::vector<Frame> frames;
    const std::vector<std::string> lines = lines_of(command);
    for (std::size_t i = 0; i < lines.size(); i += 2) {
      if (lines[i].empty() || lines[i] == "??") continue;
      frames.push_back({lines[i], i + 1 < lines.size() ? source_of(lines[i + 1]) : SourceLine{}});
    }
    if (!frames.empty()) return frames;
  }
  return {};
}

const std::vector<Frame>& known(const std::string& module, const std::string& offset) {
  static std::map<std::string, std::vector<Frame>> answers;
  const auto [at, fresh] = answers.try_emplace(module + "+" + offset);
  if (fresh) at->second = ask(module, offset);
  return at->second;
}

}  // namespace

NamedFrames named_frames(const std::vector<std::string>& frames) {
  NamedFrames named;
  const auto add = [&](std::string function, SourceLine source) {
    named.functions.push_back(std::move(function));
    named.sources.push_back(std::move(source));
  };
  for (const std::string& frame : frames) {
    const std::size_t plus = frame.rfind("+0x");
    if (plus == std::string::npos) {
      add(frame, {});
      continue;
    }
    const std::string module = frame.substr(0, plus);
    const std::vector<Frame>& known_frames = known(module, frame.substr(plus + 1));
    if (known_frames.empty()) add(frame.substr(module.rfind('/') + 1), {});
    for (const auto& [function, source] : known_frames) {
      if (calls_the_target(function)) return named;
      std::string plain = frame_of("0x0 in " + function);
      if (!plain.empty()) add(std::move(plain), source);
    }
  }
  return named;
}

void let_reports_be_quick() {
  if (!pei::oracle::kAddressSanitizer) return;
  const char* const said = std::getenv("ASAN_OPTIONS");
  std::string options = said == nullptr ? "" : said;
  if (options.find("symbolize=") != std::string::npos) return;
  options += options.empty() ? "symbolize=0" : ":symbolize=0";
  setenv("ASAN_OPTIONS", options.c_str(), 1);
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(in, word, '\0');) words.push_back(word);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  if (words.empty()) return;
  execv("/proc/self/exe", arguments.data());
  // No harm but time: reports are slow then.
}

}  // namespace hobnail
