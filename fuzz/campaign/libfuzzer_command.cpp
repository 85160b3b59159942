// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Command lines of libFuzzer.
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/targets/entry.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>

namespace hobnail {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> kPinned{
    "-max_len=512",    // kInputBytesMax
    "-len_control=0",  // short inputs first found less: docs/mutator.md
    "-entropic=0",     // its books take longer than the boots, and find no more: docs/mutator.md
    "-timeout=10",     // seconds of one input; a long boot takes one, more on a busy machine
    "-rss_limit_mb=2048",
    "-detect_leaks=0",  // what is kept is the model's to judge
    "-print_funcs=0",   // else a symbolizer runs for each new function
    "-print_final_stats=1", "-use_value_profile=0"};
static_assert(kPinned[0].ends_with("512") && kInputBytesMax == 512);

// The first of these programs that there is.
std::string find_symbolizer() {
  for (const char* const name : {"llvm-symbolizer-14", "llvm-symbolizer"}) {
    for (const char* const folder : {"/usr/bin", "/usr/lib/llvm-14/bin", "/usr/local/bin"}) {
      std::string path = fmt::format("{}/{}", folder, name);
      if (access(path.c_str(), X_OK) == 0) return path;
    }
  }
  return {};
}

// Options of the user stay, and come last: of two, sanitizers take the later.
std::string with_options_of_user(const char* variable, std::string_view options) {
  const char* const given = std::getenv(variable);
  return given == nullptr ? std::string(options) : fmt::format("{}:{}", options, given);
}

Command begin(const fs::path& binary) {
  Command command{binary.native()};
  for (const std::string_view flag : kPinned) command.emplace_back(flag);
  // The build puts a target's dictionary beside it, when it has one.
  const std::string words = binary.native() + ".dict";
  if (access(words.c_str(), R_OK) == 0) command.push_back("-dict=" + words);
  return command;
}

std::string last_line(std::string_view words) {
  while (words.ends_with('\n')) words.remove_suffix(1);
  return std::string(words.substr(words.rfind('\n') + 1));
}

}  // namespace

std::span<const std::string_view> pinned_flags() { return kPinned; }

Command fuzz_command(const EngineCall& call) {
  Command command = begin(call.binary);
  command.push_back("-artifact_prefix=" + call.artifacts);
  if (call.forks > 0) {
    command.push_back(fmt::format("-fork={}", call.forks));
    for (const char* const what : {"crashes", "timeouts", "ooms"}) {
      command.push_back(fmt::format("-ignore_{}=1", what));
    }
  }
  if (call.runs > 0) command.push_back(fmt::format("-runs={}", call.runs));
  if (call.seed > 0) command.push_back(fmt::format("-seed={}", call.seed));
  if (call.seconds > 0) {
    command.push_back(
        fmt::format("-max_total_time={}", static_cast<long>(std::ceil(call.seconds))));
  }
  for (const fs::path& folder : call.folders) command.push_back(folder.native());
  return command;
}

Command replay_command(const fs::path& binary, std::span<const fs::path> inputs) {
  Command command = begin(binary);
  for (const fs::path& input : inputs) command.push_back(input.native());
  return command;
}

Command merge_command(const fs::path& binary, const fs::path& to, std::span<const fs::path> from,
                      bool smallest, const std::string& artifacts, std::size_t bytes_max) {
  Command command = begin(binary);
  command.push_back(fmt::format("-max_len={}", bytes_max));  // of two, the later counts
  command.emplace_back(smallest ? "-set_cover_merge=1" : "-merge=1");
  command.push_back("-artifact_prefix=" + artifacts);
  command.push_back(to.native());
  for (const fs::path& folder : from) command.push_back(folder.native());
  return command;
}

std::string why_not_an_engine(const fs::path& binary, const Environment& environment) {
  return check_engine(binary, environment).objection;
}

EngineCheck check_engine(const fs::path& binary, const Environment& environment) {
  if (access(binary.c_str(), X_OK) != 0) {
    return {fmt::format("{}: there is no such fuzz target; build the preset fuzz, or give --bin",
                        binary.native())};
  }
  constexpr double kPatienceSeconds = 30;
  const Run run = run_child({binary.native(), "-help=1"}, environment, kPatienceSeconds);
  if (run.code == 0 && run.output.find("set_cover_merge") != std::string::npos) return {};
  const std::string said = last_line(run.output);
  const bool left_out = run.code == kNothingToCompare;
  // The replay main has loaded the target before it asks for inputs.
  if (left_out || (run.code == 2 && said.find("no input") == std::string::npos)) {
    return {said.starts_with("hobnail: ") ? said.substr(9) : binary.native() + ": " + said,
            left_out};
  }
  return {fmt::format(
      "{}: is no libFuzzer binary (a build with the replay main?); build the preset fuzz, or give "
      "--bin build/fuzz/bin",
      binary.native())};
}

Environment engine_environment(bool symbols) {
  const std::string_view symbolize = symbols ? "symbolize=1" : "symbolize=0";
  Environment environment{
      {"ASAN_OPTIONS", with_options_of_user("ASAN_OPTIONS", symbolize)},
      {"UBSAN_OPTIONS",
       with_options_of_user("UBSAN_OPTIONS", fmt::format("print_stacktrace=1:{}", symbolize))}};
  static const std::string kSymbolizer = find_symbolizer();
  for (const char* const variable : {"ASAN_SYMBOLIZER_PATH", "UBSAN_SYMBOLIZER_PATH"}) {
    if (!kSymbolizer.empty() && std::getenv(variable) == nullptr) {
      environment.emplace_back(variable, kSymbolizer);
    }
  }
  return environment;
}

}  // namespace hobnail
