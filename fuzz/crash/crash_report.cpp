// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading reports. Their first lines have had this form for ten years.
#include "fuzz/crash/crash_report.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <filesystem>

#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::RuleId;

constexpr std::size_t kFramesMax = 8;

// The word after `mark`, up to a blank, a colon or a line end; empty when `mark` is not there.
std::string word_after(const std::string& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + mark.size();
  const std::size_t to = text.find_first_of(" :\n", from);
  return text.substr(from, to == std::string::npos ? to : to - from);
}

// "runtime error: signed integer overflow: 2147483647 + 1 cannot ..." without its numbers.
std::string undefined_behaviour(const std::string& text) {
  constexpr std::string_view kMark = "runtime error: ";
  const std::size_t at = text.find(kMark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + kMark.size();
  std::size_t to = from;
  while (to < text.size() && text[to] != '\n' && text[to] != ':' &&
         (text[to] < '0' || text[to] > '9') && text[to] != '-') {
    ++to;
  }
  std::string words = text.substr(from, to - from);
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

std::string sanitizers_word(const std::string& said) {
  for (const std::string_view mark :
       {"ERROR: AddressSanitizer: ", "ERROR: LeakSanitizer: ", "UndefinedBehaviorSanitizer: "}) {
    if (std::string word = word_after(said, mark); !word.empty()) return word;
  }
  return undefined_behaviour(said);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_foreign(std::string_view function) {
  constexpr std::array<std::string_view, 6> kForeign{"__asan",        "__ubsan", "__sanitizer",
                                                     "__interceptor", "__libc_", "__pthread_kill"};
  constexpr std::array<std::string_view, 3> kExactly{"raise", "abort", "gsignal"};
  return std::any_of(kForeign.begin(), kForeign.end(),
                     [&](std::string_view start) { return function.starts_with(start); }) ||
         std::find(kExactly.begin(), kExactly.end(), function) != kExactly.end();
}

// Without "(...)", "<...>" and a return type.
std::string plain_function(std::string_view text) {
  std::string result;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' && text.substr(i).starts_with("(anonymous namespace)")) {
      i += std::strlen("(anonymous namespace)") - 1;
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

// "    #1 0x5581 (/path/x.so+0x1234) (BuildId: 00)" -> "x.so+0x1234" with its path kept.
std::string module_frame(std::string_view rest) {
  if (!rest.starts_with('(')) return {};
  const std::size_t end = rest.find(')');
  return end == std::string_view::npos ? std::string() : std::string(rest.substr(1, end - 1));
}

std::vector<std::string> frames_in(const std::string& said) {
  std::vector<std::string> frames;
  std::size_t at = said.find("    #0 ");
  while (at != std::string::npos && said.compare(at, 5, "    #") == 0) {
    const std::size_t end = std::min(said.find('\n', at), said.size());
    const std::string_view line = std::string_view(said).substr(at, end - at);
    if (calls_the_target(line)) break;
    std::string frame = frame_of(line);
    if (!frame.empty() && frames.size() < kFramesMax) frames.push_back(std::move(frame));
    at = end < said.size() ? end + 1 : std::string::npos;
  }
  return frames;
}

oracle::Finding finding_of_end(const Execution& execution, double seconds, std::uint64_t memory_mb,
                               std::string_view what) {
  const std::size_t op =
      execution.context.entered ? static_cast<std::size_t>(execution.context.op) : 0;
  if (execution.death.how == "timeout") {
    return {rule_name(RuleId::TargetHang), op,
            fmt::format("{} takes longer than {:g} s, and nothing stops it", what, seconds)};
  }
  if (execution.death.how == "out of memory") {
    return {rule_name(RuleId::TargetCrash), op,
            fmt::format("{} takes more than {} MB of memory", what, memory_mb)};
  }
  return {rule_name(RuleId::TargetCrash), op,
          "the process of the target ended: " + execution.death.how};
}

// A sanitizer's stack is told as frames.
void cut_stack(std::string& evidence) {
  const std::size_t at = evidence.find("\n      #0 ");
  if (at != std::string::npos) evidence.resize(at);
}

}  // namespace

std::string signal_name(int number) {
  const char* const name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

bool calls_the_target(std::string_view line) {
  return line.find("oracle::") != std::string_view::npos ||
         line.find("hobnail::be_worker") != std::string_view::npos;
}

std::string frame_of(std::string_view line) {
  const std::size_t address = line.find("0x");
  if (address == std::string_view::npos) return {};
  const std::size_t blank = line.find(' ', address);
  if (blank == std::string_view::npos) return {};
  std::string_view rest = trimmed(line.substr(blank));
  if (!rest.starts_with("in ")) return module_frame(rest);
  rest.remove_prefix(3);
  // The place, " /path/file.cpp:1:2" or " (/path/module+0x1)", is behind the function.
  for (const std::string_view mark : {" /", " (/"}) {
    const std::size_t place = rest.find(mark);
    if (place != std::string_view::npos) rest = rest.substr(0, place);
  }
  std::string function = plain_function(rest);
  return is_foreign(function) ? std::string() : function;
}

ProcessEnd read_death(int status, const std::string& said) {
  ProcessEnd death;
  death.how = sanitizers_word(said);
  death.sanitizer = !death.how.empty();
  if (death.sanitizer) death.frames = frames_in(said);
  death.report = said;
  if (death.sanitizer) return death;
  death.how = WIFSIGNALED(status) ? signal_name(WTERMSIG(status))
                                  : fmt::format("exit code {}", WEXITSTATUS(status));
  return death;
}

void name_end(Execution& execution, double seconds, std::uint64_t memory_mb,
              std::string_view what) {
  const std::string& how = execution.death.how;
  if (!execution.found())
    execution.outcome.finding = finding_of_end(execution, seconds, memory_mb, what);
  cut_stack(execution.outcome.finding->evidence);
  if (execution.outcome.finding->rule == rule_name(RuleId::TargetHang)) {
    execution.kind = FindingKind::Hang;
    execution.death.how = "timeout";
  } else if (how == "out of memory" || how == "out-of-memory" || how == "allocation-size-too-big" ||
             how == "rss-limit-exceeded") {
    execution.kind = FindingKind::OutOfMemory;
  } else if (execution.death.sanitizer) {
    execution.kind = FindingKind::Sanitizer;
  } else {
    execution.kind = FindingKind::Signal;
  }
}

}  // namespace hobnail
